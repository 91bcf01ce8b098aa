import { impute } from './impute.js';
import { numbers } from './numbers.js';
import { checkStep } from './step-checks.js';

checkStep(numbers('constant', impute(['age', 'balance'])));
