package-kilobytes = { $n } kB
package-megabytes = { $n } MB
package-weighs = { $kind }: { $size } to fetch at most; { $n } files, { $open } when unpacked.
package-needs-scripts = What is inside runs only in a browser with JavaScript.
package-forgets = It runs apart from this site: it sees nothing of you, keeps nothing and reports nothing.
package-is-looked-at = You are only looking: nothing you do in it is recorded. It is recorded for learners who are signed in.
package-is-recorded = What you do here is kept.
package-reports-nothing = This part reports nothing.
package-any-order = The parts can be opened in any order. Rules of the package that would lock or skip parts are not applied here.
package-contents = Contents
package-way = Way through the package
package-before = Back
package-next = Next
package-open = Open ({ $size })
package-go-on = Go on where you were ({ $size })
package-again = Open again ({ $size })
package-see = Open { $name } ({ $size })
package-done = { $n } of { $all } parts completed
package-state-begun = Begun
package-state-completed = Completed
package-state-passed = Passed
package-state-failed = Not passed
package-score = Score { $score }
package-minutes = { $n ->
    [one] one minute
   *[other] { $n } minutes
}
package-lies-elsewhere = lies on another site and is not opened here
package-otherwise = Without opening it
package-read-text = Read its text
package-download = Download the package ({ $size })
package-h5p-items = These are the questions of the H5P package, asked here without its own program. Parts of other kinds are not asked.
package-h5p-text = This kind of H5P cannot be played here. Its text can be read, and the package downloaded where its licence allows.
package-not-opened = This kind of package is not opened here. Its text can be read, and the package downloaded where its licence allows.
package-saved = Saved
package-unsaved = Not saved yet. It is tried again.
package-elsewhere = This was opened again elsewhere: what you do here is no longer kept.
package-report-unreadable = What the package reported cannot be read.
package-report-large = The package reports more than is kept for one learner.
package-answer = { $n ->
    [one] Answer one question
   *[other] Answer { $n } questions
}
package-question = Question { $n }
package-mark = See what is right
package-answer-again = Answer again
package-not-answered = Not answered.
package-answers-read = Nothing here can be marked without a teacher.
package-questions-kept = Your result is kept when you send your answers.
