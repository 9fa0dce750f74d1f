UPDATE mastery SET country = 'HN';
