/**
 * A phone number as it is stored and compared: ITU-T E.164 with its `+`, no spaces. A Chinese one in a second spelling, with
 * a 0 or its country's code once more before it, or a digit too few or too many, is none.
 */
export const E164 = /^\+(?:86(?!0|86)(?:1[3-9][0-9]{9}|(?!1[3-9])[0-9]{5,11})|(?!86)[1-9][0-9]{6,14})$/;

const COUNTRY = /^[1-9][0-9]{0,2}$/;

/** A Chinese mobile number as people in China write it, without their country's code. */
const CHINESE = /^1[3-9][0-9]{9}$/;

/**
 * A number as WeChat tells it: in parts, or in one, where a Chinese one has no country code. Undefined: it is none, or only
 * half of the parts came. The country's code is text, or the number that WeChat's page has in its example.
 */
export function e164({
  phoneNumber,
  purePhoneNumber: pure,
  countryCode,
}: {
  phoneNumber: string;
  purePhoneNumber?: unknown;
  countryCode?: unknown;
}): string | undefined {
  if (pure === undefined && countryCode === undefined) {
    if (CHINESE.test(phoneNumber)) return `+86${phoneNumber}`;
    return E164.test(phoneNumber) ? phoneNumber : undefined;
  }
  // Never guessed from the rest: an American number with its 1 looks like a Chinese one.
  if (typeof pure !== "string" || (typeof countryCode !== "string" && typeof countryCode !== "number"))
    return undefined;
  if (!COUNTRY.test(`${countryCode}`)) return undefined;
  // Both say which number it is: an answer that says two is not believed.
  const whole = `+${countryCode}${pure}`;
  const told = phoneNumber.replace(/^\+/, "");
  return E164.test(whole) && pure !== "" && told.endsWith(pure) && whole.endsWith(told) ? whole : undefined;
}

/** As the reference's user object has it: a Chinese number without its country's code. */
export function asReference(phone: string): string {
  const national = phone.replace(/^\+86/, "");
  return CHINESE.test(national) ? national : phone;
}

/**
 * `138****8000`, `+****4567`: enough for its owner to know it, too little for anybody else. Country codes have one to three
 * digits, so the beginning of a foreign number could only be cut in the wrong place.
 */
export function maskedPhone(phone: string): string {
  const shown = asReference(phone);
  if (shown.length < 11) return `****${shown.slice(-2)}`;
  return `${shown.startsWith("+") ? "+" : shown.slice(0, 3)}****${shown.slice(-4)}`;
}
