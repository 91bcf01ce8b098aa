import { checkLearner } from '../learner-checks.js';
import { boosting } from './boosting.js';

checkLearner(boosting({ trees: 40 }), { bearsMissing: true, explains: true });
