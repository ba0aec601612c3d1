"""A vendor's own client library asks a server for a picture, to see whether it speaks that vendor's language.

Usage: painters.py DIALECT URL < question.json > answer.json

The question is {"key", "model", "prompt", "negative", "width", "height", "shape", "task", "refusals"}. One picture is asked
for that should come and one more for each of the refusals; printed is what the library read of the answer, and the name of
the error that it raised for each refusal. Nothing here looks at the wire: what the library cannot read is not there.
"""

import asyncio
import base64
import json
import sys


def openai_client(url, asked):
    import openai

    client = openai.OpenAI(base_url=url, api_key=asked["key"], max_retries=0)

    def call():
        answer = client.images.generate(
            model=asked["model"], prompt=asked["prompt"], n=1, size=f"{asked['width']}x{asked['height']}"
        )
        usage = answer.usage
        assert usage.total_tokens == usage.input_tokens + usage.output_tokens
        return {
            "file": answer.data[0].b64_json,
            "request": answer._request_id,
            "input": usage.input_tokens,
            "output": usage.output_tokens,
        }

    return call


def gemini_client(url, asked):
    from google import genai
    from google.genai import types

    once = types.HttpRetryOptions(attempts=1)
    client = genai.Client(api_key=asked["key"], http_options=types.HttpOptions(base_url=url, retry_options=once))

    def call():
        answer = client.models.generate_content(
            model=asked["model"],
            contents=asked["prompt"],
            config=types.GenerateContentConfig(
                response_modalities=["IMAGE"], image_config=types.ImageConfig(aspect_ratio=asked["shape"])
            ),
        )
        usage, candidate = answer.usage_metadata, answer.candidates[0]
        assert candidate.finish_reason.value == "STOP"
        picture = next(part.inline_data for part in candidate.content.parts if part.inline_data)
        assert picture.mime_type == "image/png"
        [made] = usage.candidates_tokens_details
        assert (made.modality.value, made.token_count) == ("IMAGE", usage.candidates_token_count)
        return {
            "file": base64.b64encode(picture.data).decode(),
            "request": answer.response_id,
            "input": usage.prompt_token_count,
            "output": usage.candidates_token_count,
        }

    return call


def runware_client(url, asked):
    import runware

    def call():
        async def run():
            client = runware.Runware(
                api_key=asked["key"], transport="rest", http_base_url=url, max_retries=0, poll_timeout=20_000
            )
            try:
                [item] = await client.run(
                    {
                        "taskType": "imageInference",
                        "taskUUID": asked["task"],
                        "model": asked["model"],
                        "positivePrompt": asked["prompt"],
                        "negativePrompt": asked["negative"],
                        "width": asked["width"],
                        "height": asked["height"],
                        "numberResults": 1,
                        "outputType": "base64Data",
                        "includeCost": True,
                    }
                )
                return item
            finally:
                await client.close()

        item = asyncio.run(run())
        return {
            "file": item["imageBase64Data"],
            "request": item["taskUUID"],
            "cost": item["cost"],
            "seed": item["seed"],
        }

    return call


CLIENTS = {"openai": openai_client, "gemini": gemini_client, "runware": runware_client}


def raised(call):
    """The name of the error, and the status or the sort that the library read."""
    try:
        call()
    except Exception as error:
        status = next((getattr(error, name) for name in ("status_code", "code") if hasattr(error, name)), None)
        sort = getattr(error, "code", None)
        return [type(error).__name__, sort if isinstance(sort, str) and type(error).__name__ == "RunwareError" else status]
    return ["nothing", None]


def main():
    dialect, url = sys.argv[1:]
    asked = json.load(sys.stdin)
    call = CLIENTS[dialect](url, asked)
    answer = call()
    json.dump({"answer": answer, "raised": [raised(call) for _ in range(asked["refusals"])]}, sys.stdout)


main()
