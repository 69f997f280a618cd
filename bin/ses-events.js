#!/usr/bin/env node
'use strict';
require('../dist/consumer/cli/main.js');
