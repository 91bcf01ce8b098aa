/** L08: the name of a column known before sounds like something written down after the event. */
import { type Check, decimals, type Finding } from '../leakage.js';

/** Without accents: English, Spanish, German. "Estado" is left out: it is also a province. */
const AFTER_THE_EVENT = words(`
  outcome result results final closed closing closure duration resolved resolution settled settlement paid repaid
  cancel canceled cancelled cancellation churned returned refund refunded delivered shipped completed completion
  finished ended terminated termination converted conversion won lost success approved rejected discharged recovered
  recoveries chargeback writeoff chargedoff status
  resultado desenlace cierre cerrado cerrada duracion resuelto resolucion liquidado liquidacion pagado pagada
  cancelado cancelada cancelacion devuelto devolucion entregado terminado finalizado exito estatus
  ergebnis ausgang abgeschlossen abschluss geschlossen dauer erledigt beglichen bezahlt storniert storno gekundigt
  gekuendigt kundigung kuendigung geliefert beendet erfolg zuruckgezahlt zurueckgezahlt`);

/** Words that put the event into the past, or make a status one of persons. */
const INNOCENT = words(`
  previous prev prior last past old historic history before former earlier
  anterior previo previa ultimo ultima pasado pasada historico
  vorherig vorherige vorheriger vorheriges letzte letzter letztes fruher fruhere fruheres alt alte altes
  marital civil family employment job working social smoking housing residence citizenship`);

export const eventNames: Check = {
  code: 'L08',
  title: 'post-event names',
  look: (subject) =>
    subject.features.flatMap((column): Finding[] => {
      const word = eventWordIn(column.name);
      // A written `because` is somebody's word that the name deceives.
      if (word === undefined || column.type.because) return [];
      const { auc } = subject.strength(column);
      return [
        {
          code: 'L08',
          severity: 'suspect',
          columns: [column.name],
          what:
            `Its name says "${word}", which is often known only after the event.` +
            (Number.isNaN(auc) ? '' : ` Alone it reaches an AUC of ${decimals(auc)}.`),
          evidence: { word, auc: Number.isNaN(auc) ? null : auc },
          remedy: 'If it is known in time, say why in the schema with `because`; else move it to `after`.',
        },
      ];
    }),
};

/** The word in a column's name that speaks of the event's end, if any: "loanStatus" → "status". */
export function eventWordIn(name: string): string | undefined {
  const found = name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}]+/u);
  if (found.some((word) => INNOCENT.includes(word))) return undefined;
  for (const word of found) {
    const match = AFTER_THE_EVENT.find((end) => word === end || (endsWords(end) && word.endsWith(end)));
    if (match !== undefined) return match;
  }
  return undefined;
}

/** Short words are too often part of others: "repaid" of "prepaid", "final" of "semifinal". */
function endsWords(end: string): boolean {
  return end.length >= 7 || ['dauer', 'erfolg', 'status'].includes(end);
}

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
