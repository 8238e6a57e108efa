type Brands = {
  readonly userAgentData?: {
    readonly brands: readonly { readonly brand: string }[];
    readonly platform: string;
  };
};

/** What a person knows this device by among theirs: the browser and the system, e.g. "Chrome, Windows". */
export function deviceName(): string {
  const { userAgentData: data } = navigator as Brands;
  // "Not A;Brand" and the like are there so that nobody relies on the list; the plainest name comes last in weight.
  const brands = data?.brands.map(({ brand }) => brand).filter((brand) => !/not.*brand/i.test(brand)) ?? [];
  const browser = brands.find((brand) => brand !== "Chromium") ?? brands[0] ?? "Firefox";
  const system = data?.platform ?? /\(([^;)]+)/.exec(navigator.userAgent)?.[1] ?? "";
  return [browser, system].filter((part) => part !== "").join(", ");
}
