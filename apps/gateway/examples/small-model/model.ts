import { LlamaChatSession, getLlama } from "node-llama-cpp";
import type { ChatHistoryItem } from "node-llama-cpp";

import type { Answer, Message, Question } from "./chat.ts";

/** Loads a model that llama.cpp runs on this machine's processor. */
export async function loadModel(modelPath: string): Promise<(question: Question) => Promise<Answer>> {
  const llama = await getLlama({ gpu: false, build: "never" });
  const model = await llama.loadModel({ modelPath });
  // On few cores more threads wait for each other longer than they work.
  const context = await model.createContext({ contextSize: 4_096, sequences: 1, threads: 1 });
  const sequence = context.getSequence();
  return async ({ messages, maxTokens, onText, signal }) => {
    await sequence.clearHistory();
    const session = new LlamaChatSession({ contextSequence: sequence, autoDisposeSequence: false });
    session.setChatHistory(messages.slice(0, -1).map(itemOf));
    const before = sequence.tokenMeter.getState();
    try {
      const { responseText, stopReason } = await session.promptWithMeta(messages.at(-1)!.content, {
        ...{ maxTokens, signal, stopOnAbortSignal: true, onTextChunk: onText },
      });
      const { usedInputTokens, usedOutputTokens } = sequence.tokenMeter.diff(before);
      const isWhole = stopReason !== "maxTokens";
      return { text: responseText, isWhole, inputTokens: usedInputTokens, outputTokens: usedOutputTokens };
    } finally {
      session.dispose({ disposeSequence: false });
    }
  };
}

const itemOf = ({ role, content }: Message): ChatHistoryItem =>
  role === "assistant" ? { type: "model", response: [content] } : { type: role, text: content };
