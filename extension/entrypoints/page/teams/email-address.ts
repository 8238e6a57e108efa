/** Whether a server takes it as an e-mail address (server/router/fields.ts). */
export function isEmailAddress(text: string): boolean {
  const email = text.trim();
  return email.length <= 254 && /^[^\s@]+@[^\s@]+$/.test(email);
}
