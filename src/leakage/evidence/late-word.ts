/** The word in a column's name that speaks of the end of something: "loan_status" → "status". */

/** A word that was heard. */
export interface LateWord {
  readonly word: string;
  /** True for words that columns known in time bear just as often, such as "duration". */
  readonly weak: boolean;
}

/** Without accents: English, Spanish. "Estado" is left out: it is also a province. */
const LATE = words(`
  outcome result results final closed closing closure resolved resolution settled settlement paid repaid
  cancel canceled cancelled cancellation churned returned refund refunded delivered shipped completed completion
  finished ended terminated termination converted conversion won lost success approved rejected discharged recovered
  recoveries chargeback writeoff chargedoff
  resultado desenlace cierre cerrado cerrada resuelto resolucion liquidado liquidacion pagado pagada
  cancelado cancelada cancelacion devuelto devolucion entregado terminado finalizado exito`);

/** German writes words together: these also end longer ones. */
const LATE_ENDINGS = words(`
  ergebnis ausgang abgeschlossen abschluss geschlossen erledigt beglichen bezahlt storniert storno gekundigt
  gekuendigt kundigung kuendigung geliefert beendet erfolg zuruckgezahlt zurueckgezahlt`);

const WEAK = words('duration duracion estatus');
const WEAK_ENDINGS = words('dauer status');

/** Words that put the event into the past, or make a status one of persons. */
const INNOCENT = words(`
  previous prev prior last past old historic history before former earlier
  anterior previo previa ultimo ultima pasado pasada historico
  vorherig vorherige vorheriger vorheriges letzte letzter letztes fruher fruhere fruheres alt alte altes
  marital civil family employment job working social smoking housing residence citizenship`);

/** The first such word in the name, if no other word takes it back; undefined where there is none. */
export function lateWordIn(name: string): LateWord | undefined {
  const found = name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}]+/u);
  if (found.some((word) => INNOCENT.includes(word))) return undefined;
  for (const word of found) {
    const late = LATE.includes(word) ? word : LATE_ENDINGS.find((end) => word.endsWith(end));
    if (late !== undefined) return { word: late, weak: false };
    const weak = WEAK.includes(word) ? word : WEAK_ENDINGS.find((end) => word.endsWith(end));
    if (weak !== undefined) return { word: weak, weak: true };
  }
  return undefined;
}

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
