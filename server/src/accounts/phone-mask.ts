/**
 * `138****8000`, `+****4567`: enough for its owner to know it, too little for anybody else. Country codes have one to three
 * digits, so the beginning of a foreign number could only be cut in the wrong place.
 */
export function maskedPhone(phone: string): string {
  if (phone.length < 11) return `****${phone.slice(-2)}`;
  return `${phone.startsWith("+") ? "+" : phone.slice(0, 3)}****${phone.slice(-4)}`;
}
