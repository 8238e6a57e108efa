import { useState } from "preact/hooks";
import type { InvitationCode } from "../../../../shared/group/invitation-code.ts";
import { AskCode } from "./ask-code.tsx";
import { AskContact } from "./ask-contact.tsx";
import { DeviceForm } from "./device-form.tsx";
import { RecoverForm } from "./recover-form.tsx";
import { RegisterForm } from "./register-form.tsx";

type Step =
  | { readonly kind: "code" }
  | { readonly kind: "contact"; readonly code: InvitationCode }
  | { readonly kind: "register"; readonly code: InvitationCode }
  | { readonly kind: "device"; readonly kit: string; readonly origin: string }
  | { readonly kind: "recover"; readonly kit: string; readonly address: string; readonly email: string };

/**
 * The way to a server: a code, the question whether to contact it, and registering; or, for a further device, the kit.
 *
 * @param props.onDone gets what was done, as a sentence
 * @param props.onCancel null where there is nothing else to go back to
 */
export function Connect(props: { onDone: (sentence: string) => void; onCancel: (() => void) | null }) {
  const [step, setStep] = useState<Step>({ kind: "code" });
  const back = () => setStep({ kind: "code" });
  switch (step.kind) {
    case "code":
      return (
        <AskCode
          onCode={(code) => setStep({ kind: "contact", code })}
          onDevice={(kit) => setStep({ kind: "device", kit, origin: "" })}
          onCancel={props.onCancel}
        />
      );
    case "contact":
      return (
        <AskContact
          code={step.code}
          onRight={() => setStep({ kind: "register", code: step.code })}
          onConnected={props.onDone}
          onCancel={back}
        />
      );
    case "register":
      return (
        <RegisterForm
          code={step.code}
          onDone={props.onDone}
          onDevice={() => setStep({ kind: "device", kit: "", origin: step.code.origin })}
          onCancel={back}
        />
      );
    case "device":
      return (
        <DeviceForm
          kit={step.kit}
          origin={step.origin}
          onDone={props.onDone}
          onForgotten={(given) => setStep({ kind: "recover", ...given })}
          onCancel={back}
        />
      );
    case "recover":
      return <RecoverForm given={step} onDone={props.onDone} onCancel={back} />;
  }
}
