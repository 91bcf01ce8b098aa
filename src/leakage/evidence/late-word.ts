/** The word in a column's name that speaks of the end of something: "loan_status" → "status". */
import { nameWords } from '../../table/name-words.js';

/** A word that was heard. */
export interface LateWord {
  readonly word: string;
  /** True for words that columns known in time bear just as often, such as "duration". */
  readonly weak: boolean;
}

/** Without accents: English, Spanish, French, Portuguese. What has another meaning too is left out: "estado" is also a province. */
const LATE = words(`
  outcome result results final closed closing closure resolved resolution settled settlement paid repaid repayment
  cancel canceled cancelled cancellation churned returned refund refunded delivered shipped completed completion
  finished ended terminated termination converted conversion won lost success approved rejected discharge discharged
  recovered recovery recoveries chargeback writeoff chargedoff dropout resigned exited deceased survived
  defaulted readmitted lapsed unsubscribed fulfilled sold noshow attended
  resultado desenlace cierre cerrado cerrada resuelto resolucion liquidado liquidacion pagado pagada reembolso
  cancelado cancelada cancelacion devuelto devuelta devolucion entregado entregada terminado terminada finalizado
  finalizada exito baja aprobado rechazado convertido perdido vendido rescision
  resultat cloture cloturee fermee fermeture resolu resolue paye payee rembourse remboursement annule annulee
  annulation resilie resiliee resiliation retourne livree termine terminee acheve achevee converti gagne
  perdu approuve rejete refuse succes vendu
  desfecho encerrado encerrada encerramento fechado fechada fechamento resolvido resolvida resolucao liquidacao
  quitado cancelamento devolvido devolvida devolucao entregue concluido concluida conclusao sucesso aprovado rejeitado
  rescisao`);

/** German writes words together: these also end longer ones. */
const LATE_ENDINGS = words(`
  ergebnis ausgang abgeschlossen abschluss geschlossen erledigt beglichen bezahlt storniert storno gekundigt
  gekuendigt kundigung kuendigung geliefert beendet erfolg zuruckgezahlt zurueckgezahlt ruckzahlung rueckzahlung
  erstattung erstattet ruckgabe rueckgabe retoure abgelehnt genehmigt verloren gewonnen verkauft austritt`);

/** What is said of an end may stand in one word with it: "Kündigungsdatum", "churnreason", "fechabaja". */
const BESIDE = words(`
  date time day at on reason code flag amount month year
  datum tag zeitpunkt grund betrag am fecha motivo importe data valor montant motif`);

const WEAK = words(`
  duration duracion estatus duree duracao statut situacao pago entrega livraison
  reason end exit left updated modified after post followup close finish delivery discharge death payout
  reimbursed reimbursement collection`);
const WEAK_ENDINGS = words('dauer status');

/** Words that put the event into the past, or make a status one of persons. */
const INNOCENT = words(`
  previous prev prior last past old historic history before former earlier
  anterior previo previa ultimo ultima pasado pasada historico
  vorherig vorherige vorheriger vorheriges letzte letzter letztes fruher fruhere fruheres alt alte altes vorjahr
  precedent precedente dernier derniere passe passee ancien ancienne historique
  anteriores ultimos passado passada historica antigo antiga
  marital civil family employment job working social smoking housing residence citizenship`);

/** Shorter words of a target's name ("y", "is") stand in too many others. */
const SHORTEST_OF_TARGET = 4;

/**
 * The first such word in the name, if no other word takes it back; undefined where there is none. A name that holds all
 * words of the target's name, and more, speaks of the target: "churn_date" beside "churn".
 */
export function lateWordIn(name: string, target = ''): LateWord | undefined {
  const found = nameWords(name);
  if (found.some((word) => INNOCENT.includes(word))) return undefined;
  const ofTarget = nameWords(target).filter(({ length }) => length >= SHORTEST_OF_TARGET);
  if (
    ofTarget.length > 0 &&
    found.length > ofTarget.length &&
    ofTarget.every((word) => found.includes(word))
  ) {
    return { word: ofTarget.join(' '), weak: false };
  }
  // "charged_off" is one word, too.
  const spoken = [...found, ...found.slice(1).map((word, i) => found[i]! + word)];
  const late = firstOf(spoken, lateIn);
  if (late !== undefined) return { word: late, weak: false };
  const weak = firstOf(found, weakIn);
  return weak === undefined ? undefined : { word: weak, weak: true };
}

function firstOf(
  spoken: readonly string[],
  wordIn: (word: string) => string | undefined,
): string | undefined {
  for (const word of spoken) {
    const found = wordIn(word);
    if (found !== undefined) return found;
  }
  return undefined;
}

function weakIn(word: string): string | undefined {
  return WEAK.includes(word) ? word : WEAK_ENDINGS.find((end) => word.endsWith(end));
}

function lateIn(word: string): string | undefined {
  if (LATE.includes(word)) return word;
  const compound = LATE_ENDINGS.find((end) => word.endsWith(end));
  if (compound !== undefined) return compound;
  for (const beside of BESIDE) {
    if (word.startsWith(beside) && LATE.includes(word.slice(beside.length))) return word.slice(beside.length);
    if (!word.endsWith(beside)) continue;
    const before = word.slice(0, -beside.length);
    if (LATE.includes(before)) return before;
    const german = LATE_ENDINGS.find((end) => before.endsWith(end) || before.endsWith(`${end}s`));
    if (german !== undefined) return german;
  }
  return undefined;
}

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
