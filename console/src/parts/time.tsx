import { formatAge, formatMoment } from "../format";
import { useLanguage } from "../language";

/** How long ago, with the moment itself behind it. */
export function Ago({ at }: { at: number }) {
  const { language } = useLanguage();
  return (
    <time dateTime={new Date(at).toISOString()} title={formatMoment(at, language)}>
      {formatAge(at, language)}
    </time>
  );
}

export function Moment({ at }: { at: number }) {
  const { language } = useLanguage();
  return (
    <time class="number" dateTime={new Date(at).toISOString()}>
      {formatMoment(at, language)}
    </time>
  );
}
