using FastRnn.Samples.Common;
using FastRnn.Samples.Dates;
using FastRnn.Samples.Tests.Common;

namespace FastRnn.Samples.Tests.Dates;

public class DatesSampleTests
{
    [Fact]
    public void The_short_version_translates_days_that_it_never_saw()
    {
        var figures = ProgramRun.Quick("dates");
        Assert.InRange(figures["translated exactly"], 0.95, 1);
        Assert.InRange(figures["unseen dates"], 1000, 1100);
    }

    [Fact]
    public void The_users_own_date_is_translated_with_a_picture()
    {
        var run = ProgramRun.Of("dates", "--quick", "--steps", "1", "--date", "21st Nov 1990");
        Assert.Equal(ExitCodes.Failed, run.ExitCode); // one step teaches nothing: the goal is missed
        Assert.Contains("MISSED", run.Output, StringComparison.Ordinal);
        Assert.Contains("    21st Nov 1990\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("21st Nov 1990 -> ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_is_no_date_is_refused()
    {
        ProgramRun.Of("dates", "--date", "21#11").AssertFails(ExitCodes.Usage, "--date: '#' at position 2");
        ProgramRun.Of("dates", "--date", new string('1', 30))
            .AssertFails(ExitCodes.Usage, "--date: expected at most 29 characters, got 30");
    }

    [Fact]
    public void The_model_is_declared_with_the_sizes_of_its_vocabularies()
    {
        Assert.Equal(DatePairs.AlphabetSize, DateWords.Text.Size);
        Assert.Equal(DateWords.IsoVocabulary, DateWords.Iso.Size);
    }

    [Fact]
    public void A_batch_holds_texts_and_answers_one_behind_the_other()
    {
        var batch = new DateWords();
        batch.Add("old one", "1-1");
        batch.Clear();
        batch.Add("5. Mai 1987", "1987-05-05");
        batch.Add("5/6/1987", "1987-05-06");
        var lesson = batch.Lesson;
        Assert.Equal("5. Mai 19875/6/1987", DateWords.Text.Decode(lesson.SourceTokens));
        Assert.Equal([11, 8], lesson.SourceLengths.ToArray());
        Assert.Equal([11, 11], lesson.Lengths.ToArray());
        Assert.Equal(DateWords.Start, lesson.Tokens[11]);
        Assert.Equal("1987-05-06", DateWords.Iso.Decode(lesson.Tokens[12..]));
        Assert.Equal("1987-05-06", DateWords.Iso.Decode(lesson.TargetTokens[11..^1]));
        Assert.Equal(DateWords.End, lesson.TargetTokens[^1]);
        Assert.Equal(lesson.SourceTokens.ToArray(), batch.Question.SourceTokens.ToArray());
    }

    [Fact]
    public void The_picture_has_a_line_for_each_character_and_dark_places()
    {
        // Without training the model looks everywhere, and says something of some length.
        var (said, picture) = DateTranslator.Look(new DateModel(3), "5.3.1987");
        Assert.Equal(said.Length + 1, picture.Count);
        Assert.Equal("  5.3.1987", picture[0]);
        Assert.Equal(said, string.Concat(picture.Skip(1).Select(line => line[0])));
        Assert.All(picture, line => Assert.InRange(line.Length, 0, 10));
    }
}
