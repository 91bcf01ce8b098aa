import { checkLearner } from '../learner-checks.js';
import { randomForest } from './forest.js';

checkLearner(randomForest({ trees: 30 }), { bearsMissing: true, explains: true });
