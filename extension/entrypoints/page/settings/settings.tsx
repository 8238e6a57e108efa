import type { Preferences } from "../../../preferences/preferences.ts";
import type { SectionProps } from "../section-props.ts";
import { AutoSiteSettings } from "./auto-sites.tsx";
import { ClipboardSettings } from "./clipboard.tsx";
import { LookSettings } from "./look.tsx";
import { OrganisationSettings } from "./organisation.tsx";
import { PasskeySettings } from "./passkeys.tsx";
import { ProtectionSettings } from "./protection.tsx";

/** Everything that can be set, a section for each subject. */
export function SettingsPage(props: SectionProps & { preferences: Preferences }) {
  const { preferences, ...section } = props;
  return (
    <>
      <OrganisationSettings />
      <LookSettings say={section.say} preferences={preferences} />
      <ProtectionSettings {...section} />
      <PasskeySettings {...section} />
      <AutoSiteSettings {...section} />
      <ClipboardSettings say={section.say} preferences={preferences} />
    </>
  );
}
