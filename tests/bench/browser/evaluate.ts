import type { Session } from "./devtools.ts";

/**
 * Runs a function in a page and waits for what it returns, which must be JSON. It is sent as text: it must use nothing
 * from outside itself but its arguments, which are sent as JSON. Throws what it throws.
 */
export async function evaluate<Arguments extends readonly (string | number)[], T>(
  session: Session,
  run: (...args: Arguments) => T | Promise<T>,
  ...args: Arguments
): Promise<T> {
  const expression = `(${run})(...${JSON.stringify(args)})`;
  const { result, exceptionDetails } = await session.send("Runtime.evaluate", {
    expression,
    awaitPromise: true,
    returnByValue: true,
  });
  if (exceptionDetails) throw Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value;
}

/** Runs the text of a script in a page. */
export async function evaluateScript(session: Session, script: string): Promise<void> {
  const { exceptionDetails } = await session.send("Runtime.evaluate", {
    expression: `${script}\n;undefined`,
  });
  if (exceptionDetails) throw Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
}
