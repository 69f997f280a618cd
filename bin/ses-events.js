#!/usr/bin/env node
'use strict';
require('../dist/consumer/cli/ses-events.js');
