import * as z from "zod/mini";
import { parseDestination } from "../../outbound/destination.ts";
import { secretText } from "../../outbound/secret-text.ts";

const words = z.strictObject({
  en: z.string().check(z.minLength(1), z.maxLength(60)),
  "zh-CN": z.string().check(z.minLength(1), z.maxLength(60)),
});

/** HMAC-SHA256 wants as much chance as it gives out; 32 letters of base64 are 192 bits. */
const SHORTEST_SECRET = 32;

const shape = z.strictObject({
  id: z._default(
    z
      .string()
      .check(
        z.maxLength(40),
        z.regex(/^provider(-[a-z0-9]+)*$/, { error: "it must be provider, or begin with provider-" }),
      ),
    "provider",
  ),
  url: z.string(),
  secret: secretText,
  strength: z._default(z.enum(["strong", "weak"]), "weak"),
  sendsCodes: z._default(z.boolean(), false),
  externalId: z._default(z.enum(["user", "email"]), "user"),
  organization: z._default(z.nullable(z.string().check(z.minLength(1), z.maxLength(200))), null),
  names: z._default(words, { en: "Company verification", "zh-CN": "企业验证" }),
  identifier: z._default(words, {
    en: "What you are known by there: phone number, e-mail or user name",
    "zh-CN": "您在该系统中的手机号、邮箱或用户名",
  }),
  allow: z._default(z.array(z.string()), []),
});

/**
 * An outside system that checks codes. `url` is what the names of the calls are put behind; `secret` signs them. `strength`
 * is what whoever runs the server knows of it. `sendsCodes`: it is asked to send a code before one is asked for. `externalId`:
 * what it knows people by of whom no import has said otherwise: by itself their id here, because their address they can change
 * to somebody else's. `organization`: what it knows this server by (by itself its host). `names`: until it has said its own;
 * `identifier`: what is asked for when somebody binds themselves. `allow`: hosts of one's own network.
 */
export type ProviderSettings = z.infer<typeof shape>;

export const providerSettings: z.ZodMiniType<ProviderSettings> = shape.check(({ value, issues }) => {
  const { url, secret, allow } = value;
  const destination = parseDestination(url, allow);
  if (!destination.ok)
    issues.push({ code: "custom", message: destination.error, path: ["url"], input: null });
  else if (destination.value.search !== "")
    issues.push({ code: "custom", message: "it must have nothing behind a ?", path: ["url"], input: null });
  if (secret.length < SHORTEST_SECRET)
    issues.push({
      code: "custom",
      message: `it must be ${SHORTEST_SECRET} characters or more`,
      path: ["secret"],
      input: null,
    });
});
