"""A vendor's own client library asks a server whether it speaks that vendor's language.

Usage: clients.py DIALECT URL < question.json > answer.json

The question is {"key", "model", "system", "user", "schema", "room", "refusals"}. One call is made that should succeed and
one more for each of the refusals, then one whose answer comes in pieces, and the models are listed; printed is what the
library read of both answers, the name of the error that it raised for each refusal, and the names on the list. Nothing
here looks at the wire: what the library cannot read is not there.
"""

import json
import sys


def openai_client(url, asked):
    import openai

    client = openai.OpenAI(base_url=url, api_key=asked["key"], max_retries=0)

    schema = {"name": "answer", "strict": True, "schema": asked["schema"]}
    question = {
        "model": asked["model"],
        "messages": [
            {"role": "system", "content": asked["system"]},
            {"role": "user", "content": asked["user"]},
        ],
        "max_completion_tokens": asked["room"],
        "response_format": {"type": "json_schema", "json_schema": schema},
    }

    def read(text, model, end, request, usage):
        return {
            "text": text,
            "model": model,
            "end": end,
            "request": request,
            "input": usage.prompt_tokens,
            "cached": usage.prompt_tokens_details.cached_tokens,
            "cache_write": usage.prompt_tokens_details.cache_write_tokens,
            "output": usage.completion_tokens,
            "reasoning": usage.completion_tokens_details.reasoning_tokens,
        }

    def call():
        answer = client.chat.completions.create(**question)
        choice = answer.choices[0]
        return read(choice.message.content, answer.model, choice.finish_reason, answer._request_id, answer.usage)

    def pieces():
        stream = client.chat.completions.create(**question, stream=True, stream_options={"include_usage": True})
        request, chunks = stream.response.headers["x-request-id"], list(stream)
        choices = [chunk.choices[0] for chunk in chunks if chunk.choices]
        assert len(choices) > 4 and chunks[-1].usage is not None
        text = "".join(choice.delta.content or "" for choice in choices)
        return read(text, chunks[0].model, choices[-1].finish_reason, request, chunks[-1].usage)

    return call, pieces, lambda: [model.id for model in client.models.list()]


def anthropic_client(url, asked):
    import anthropic

    client = anthropic.Anthropic(base_url=url, api_key=asked["key"], max_retries=0)

    question = {
        "model": asked["model"],
        "max_tokens": asked["room"],
        "system": asked["system"],
        "messages": [{"role": "user", "content": asked["user"]}],
        "output_config": {"format": {"type": "json_schema", "schema": asked["schema"]}},
    }

    def read(answer, request):
        usage = answer.usage
        cached, written = usage.cache_read_input_tokens, usage.cache_creation_input_tokens
        assert written == usage.cache_creation.ephemeral_5m_input_tokens
        return {
            "text": "".join(block.text for block in answer.content if block.type == "text"),
            "model": answer.model,
            "end": answer.stop_reason,
            "request": request,
            "input": usage.input_tokens + cached + written,
            "cached": cached,
            "cache_write": written,
            "output": usage.output_tokens,
            "reasoning": usage.output_tokens_details.thinking_tokens,
        }

    def call():
        answer = client.messages.create(**question)
        return read(answer, answer._request_id)

    def pieces():
        with client.messages.stream(**question) as stream:
            texts = list(stream.text_stream)
            assert len(texts) > 4
            answer = stream.get_final_message()
            assert "".join(texts) == "".join(block.text for block in answer.content if block.type == "text")
            return read(answer, stream.request_id)

    return call, pieces, lambda: [model.id for model in client.models.list()]


def gemini_client(url, asked):
    from google import genai
    from google.genai import types

    once = types.HttpRetryOptions(attempts=1)
    client = genai.Client(api_key=asked["key"], http_options=types.HttpOptions(base_url=url, retry_options=once))

    question = {
        "model": asked["model"],
        "contents": asked["user"],
        "config": types.GenerateContentConfig(
            system_instruction=asked["system"],
            max_output_tokens=asked["room"],
            response_mime_type="application/json",
            response_json_schema=asked["schema"],
        ),
    }

    def read(answer, text):
        usage = answer.usage_metadata
        assert usage.total_token_count == sum(
            [usage.prompt_token_count, usage.candidates_token_count, usage.thoughts_token_count]
        )
        return {
            "text": text,
            "model": answer.model_version,
            "end": answer.candidates[0].finish_reason.value,
            "request": answer.response_id,
            "input": usage.prompt_token_count,
            "cached": usage.cached_content_token_count,
            "cache_write": 0,
            "output": usage.candidates_token_count + usage.thoughts_token_count,
            "reasoning": usage.thoughts_token_count,
        }

    def call():
        answer = client.models.generate_content(**question)
        return read(answer, answer.text)

    def pieces():
        chunks = list(client.models.generate_content_stream(**question))
        parts = [part for chunk in chunks for part in chunk.candidates[0].content.parts]
        assert len(parts) > 4
        return read(chunks[-1], "".join(part.text for part in parts if not part.thought))

    return call, pieces, lambda: [model.name for model in client.models.list()]


def ollama_client(url, asked):
    import ollama

    client = ollama.Client(host=url, headers={"authorization": f"Bearer {asked['key']}"})

    question = {
        "model": asked["model"],
        "messages": [
            {"role": "system", "content": asked["system"]},
            {"role": "user", "content": asked["user"]},
        ],
        "think": False,
        "format": asked["schema"],
        "options": {"num_ctx": 32768, "num_predict": asked["room"]},
    }

    def read(answer, text):
        assert answer.done
        return {
            "text": text,
            "model": answer.model,
            "end": answer.done_reason,
            "request": None,
            "input": answer.prompt_eval_count,
            "cached": 0,
            "cache_write": 0,
            "output": answer.eval_count,
            "reasoning": 0,
        }

    def call():
        answer = client.chat(**question, stream=False)
        return read(answer, answer.message.content)

    def pieces():
        chunks = list(client.chat(**question, stream=True))
        assert len(chunks) > 4
        return read(chunks[-1], "".join(chunk.message.content for chunk in chunks))

    return call, pieces, lambda: [model.model for model in client.list().models]


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
    call, pieces, models = CLIENTS[dialect](url, asked)
    answer = call()
    refused = [raised(call) for _ in range(asked["refusals"])]
    json.dump({"answer": answer, "raised": refused, "pieces": pieces(), "models": models()}, sys.stdout)


main()
