// A small language model behind an address that answers like OpenAI's: node server.mjs MODEL.gguf. It prints its port, and
// then a line for each answer.
//
// The model is real and bad at its work, which is the point: answers are nonsense, cut or broken in ways that nobody
// would write into a double. Token counts are the model's own.
import { createServer } from "node:http";
import { getLlama, LlamaLogLevel } from "node-llama-cpp";

// What the model was trained on is 8,192; half of it answers twice as fast, and holds every prompt of ours.
const CONTEXT_TOKENS = 4096;
const llama = await getLlama({ build: "never", gpu: false, logLevel: LlamaLogLevel.error, maxThreads: 2 });
const model = await llama.loadModel({ modelPath: process.argv[2] });
const context = await model.createContext({ contextSize: CONTEXT_TOKENS });
const sequence = context.getSequence();

async function complete({ messages, max_tokens, max_completion_tokens }) {
  const turn = ({ role, content }) => `<|im_start|>${role}\n${content}<|im_end|>\n`;
  const prompt = model.tokenize(`${messages.map(turn).join("")}<|im_start|>assistant\n`, true);
  const room = CONTEXT_TOKENS - prompt.length - 1;
  if (room < 1) return { status: 400, error: { message: "too long", type: "invalid_request_error", param: "messages", code: "context_length_exceeded" } };
  const most = Math.min(max_tokens ?? max_completion_tokens ?? room, room);
  const made = [];
  await sequence.clearHistory();
  // It ends by itself where the model ends its answer.
  for await (const token of sequence.evaluate(prompt, { temperature: 0 })) {
    made.push(token);
    if (made.length >= most) break;
  }
  const finish_reason = made.length >= most ? "length" : "stop";
  const usage = { prompt_tokens: prompt.length, completion_tokens: made.length, total_tokens: prompt.length + made.length };
  return { status: 200, usage, choices: [{ index: 0, finish_reason, message: { role: "assistant", content: model.detokenize(made) } }] };
}

// One sequence, so one answer at a time.
let last = Promise.resolve();
const server = createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  const asked = Buffer.concat(parts).toString();
  const answer = last.then(async () => {
    if (!request.url.endsWith("/chat/completions")) return { status: 404, error: { message: "no such path", type: "invalid_request_error", param: null, code: null } };
    return { id: crypto.randomUUID(), object: "chat.completion", model: "smollm2-135m", ...(await complete(JSON.parse(asked))) };
  });
  last = answer.catch(() => {});
  const { status, ...body } = await answer.catch(({ message }) => ({ status: 500, error: { message, type: "server_error", param: null, code: null } }));
  // What it counted, for whoever started it.
  console.log(JSON.stringify({ status, ...body.usage }));
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
