"""A vendor's own client library asks a server whether it speaks that vendor's language.

Usage: clients.py DIALECT URL < question.json > answer.json

The question is {"key", "model", "system", "user", "schema", "room", "refusals"}. One call is made that should succeed and
one more for each of the refusals; printed is what the library read of the answer, and the name of the error that it
raised for each refusal. Nothing here looks at the wire: what the library cannot read is not there.
"""

import json
import sys


def openai_client(url, asked):
    import openai

    client = openai.OpenAI(base_url=url, api_key=asked["key"], max_retries=0)

    def call():
        schema = {"name": "answer", "strict": True, "schema": asked["schema"]}
        answer = client.chat.completions.create(
            model=asked["model"],
            messages=[
                {"role": "system", "content": asked["system"]},
                {"role": "user", "content": asked["user"]},
            ],
            max_completion_tokens=asked["room"],
            response_format={"type": "json_schema", "json_schema": schema},
        )
        choice, usage = answer.choices[0], answer.usage
        return {
            "text": choice.message.content,
            "model": answer.model,
            "end": choice.finish_reason,
            "request": answer._request_id,
            "input": usage.prompt_tokens,
            "cached": usage.prompt_tokens_details.cached_tokens,
            "cache_write": usage.prompt_tokens_details.cache_write_tokens,
            "output": usage.completion_tokens,
            "reasoning": usage.completion_tokens_details.reasoning_tokens,
        }

    return call


def anthropic_client(url, asked):
    import anthropic

    client = anthropic.Anthropic(base_url=url, api_key=asked["key"], max_retries=0)

    def call():
        answer = client.messages.create(
            model=asked["model"],
            max_tokens=asked["room"],
            system=asked["system"],
            messages=[{"role": "user", "content": asked["user"]}],
            output_config={"format": {"type": "json_schema", "schema": asked["schema"]}},
        )
        usage = answer.usage
        cached, written = usage.cache_read_input_tokens, usage.cache_creation_input_tokens
        assert written == usage.cache_creation.ephemeral_5m_input_tokens
        return {
            "text": "".join(block.text for block in answer.content if block.type == "text"),
            "model": answer.model,
            "end": answer.stop_reason,
            "request": answer._request_id,
            "input": usage.input_tokens + cached + written,
            "cached": cached,
            "cache_write": written,
            "output": usage.output_tokens,
            "reasoning": usage.output_tokens_details.thinking_tokens,
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
            contents=asked["user"],
            config=types.GenerateContentConfig(
                system_instruction=asked["system"],
                max_output_tokens=asked["room"],
                response_mime_type="application/json",
                response_json_schema=asked["schema"],
            ),
        )
        usage = answer.usage_metadata
        assert usage.total_token_count == sum(
            [usage.prompt_token_count, usage.candidates_token_count, usage.thoughts_token_count]
        )
        return {
            "text": answer.text,
            "model": answer.model_version,
            "end": answer.candidates[0].finish_reason.value,
            "request": answer.response_id,
            "input": usage.prompt_token_count,
            "cached": usage.cached_content_token_count,
            "cache_write": 0,
            "output": usage.candidates_token_count + usage.thoughts_token_count,
            "reasoning": usage.thoughts_token_count,
        }

    return call


def ollama_client(url, asked):
    import ollama

    client = ollama.Client(host=url, headers={"authorization": f"Bearer {asked['key']}"})

    def call():
        answer = client.chat(
            model=asked["model"],
            messages=[
                {"role": "system", "content": asked["system"]},
                {"role": "user", "content": asked["user"]},
            ],
            stream=False,
            think=False,
            format=asked["schema"],
            options={"num_ctx": 32768, "num_predict": asked["room"]},
        )
        assert answer.done
        return {
            "text": answer.message.content,
            "model": answer.model,
            "end": answer.done_reason,
            "request": None,
            "input": answer.prompt_eval_count,
            "cached": 0,
            "cache_write": 0,
            "output": answer.eval_count,
            "reasoning": 0,
        }

    return call


CLIENTS = {
    "openai": openai_client,
    "anthropic": anthropic_client,
    "gemini": gemini_client,
    "ollama": ollama_client,
}


def raised(call):
    """The name of the error, and the status that the library read."""
    try:
        call()
    except Exception as error:
        status = next((getattr(error, name) for name in ("status_code", "code") if hasattr(error, name)), None)
        return [type(error).__name__, status]
    return ["nothing", None]


def main():
    dialect, url = sys.argv[1:]
    asked = json.load(sys.stdin)
    call = CLIENTS[dialect](url, asked)
    answer = call()
    json.dump({"answer": answer, "raised": [raised(call) for _ in range(asked["refusals"])]}, sys.stdout)


main()
