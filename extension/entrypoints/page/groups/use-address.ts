import { useEffect, useState } from "preact/hooks";

/** What the address names after its route, e.g. the g of "#/group?of=g"; "" where it names nothing. */
export function useAddress(): string {
  const [of, setOf] = useState(read);
  useEffect(() => {
    const onHash = () => setOf(read());
    addEventListener("hashchange", onHash);
    return () => removeEventListener("hashchange", onHash);
  }, []);
  return of;
}

function read(): string {
  return new URLSearchParams(location.hash.split("?")[1]).get("of") ?? "";
}
