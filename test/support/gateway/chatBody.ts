/** What is asked in a chat. */
export interface ChatTerms {
  model?: string;
  stream?: boolean;
  tokens?: number;
  text?: string;
}

/** The body of a chat, as the `openai` package sends it. */
export const chatBody = ({
  model = "flock/large",
  stream = false,
  tokens = 40,
  text = "How are you?",
}: ChatTerms = {}): string =>
  JSON.stringify({ model, stream, max_tokens: tokens, messages: [{ role: "user", content: text }] });
