/** A phone number as it is stored and compared: ITU-T E.164 with its `+`, no spaces. */
export const E164 = /^\+[1-9][0-9]{6,14}$/;

/** A Chinese mobile number as people in China write it, without their country's code. */
const CHINESE = /^1[3-9][0-9]{9}$/;

/** A number as WeChat tells it: in parts, or in one, where a Chinese one has no country code. Undefined: it is none. */
export function e164(answer: {
  phoneNumber: string;
  purePhoneNumber?: unknown;
  countryCode?: unknown;
}): string | undefined {
  const { phoneNumber, purePhoneNumber: pure, countryCode } = answer;
  if (typeof pure === "string" && typeof countryCode === "string") {
    // Both say which number it is: an answer that says two is not believed.
    const whole = `+${countryCode}${pure}`;
    const told = phoneNumber.replace(/^\+/, "");
    return E164.test(whole) && told !== "" && told.endsWith(pure) && whole.endsWith(told) ? whole : undefined;
  }
  if (CHINESE.test(phoneNumber)) return `+86${phoneNumber}`;
  return E164.test(phoneNumber) ? phoneNumber : undefined;
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
