using System.Globalization;

using FastRnn.Parameters;
using FastRnn.Samples.Dates;

namespace FastRnn.Samples.Tests.Dates;

public class DatePairsTests
{
    private static readonly List<DateOnly> Days =
        [.. Enumerable.Range(0, 73_049).Select(i => new DateOnly(1900, 1, 1).AddDays(i))];

    [Fact]
    public void There_are_more_than_twenty_styles_and_no_two_mean_different_days_by_one_text()
    {
        Assert.True(DateStyles.All.Count >= 20);
        var meant = new Dictionary<string, DateOnly>();
        foreach (var day in Days.Where((_, i) => i % 3 == 0))
        {
            var texts = DateStyles.All.Select(style => style(day)).ToList();
            Assert.All(texts, text => Assert.True(meant.TryAdd(text, day) || meant[text] == day, text));
        }
    }

    [Fact]
    public void The_styles_are_those_of_people()
    {
        var texts = DateStyles.All.Select(style => style(new DateOnly(1987, 3, 5))).ToList();
        Assert.Distinct(texts);
        Assert.All(
            ["03/05/1987", "5.3.1987", "19870305", "5 MAR 1987", "Thursday, March 5, 1987", "March 5th, 1987", "the 5th of March, 1987",
                "5. März 1987", "5 mars 1987"],
            text => Assert.Contains(text, texts));
        Assert.Contains("the 22nd of May, 2001", DateStyles.All.Select(style => style(new DateOnly(2001, 5, 22))));
        Assert.Contains("11th Feb 1999", DateStyles.All.Select(style => style(new DateOnly(1999, 2, 11))));
    }

    [Fact]
    public void Text_and_date_belong_together()
    {
        var random = new RandomSource(1);
        for (var i = 0; i < 5000; i++)
        {
            var (written, iso) = DatePairs.Draw(random, test: i % 2 == 0);
            var day = DateOnly.ParseExact(iso, "yyyy-MM-dd", CultureInfo.InvariantCulture);
            Assert.Equal(i % 2 == 0, DatePairs.IsForTest(day));
            Assert.Contains(written, DateStyles.All.Select(style => style(day)));
            Assert.InRange(written.Length, 8, DatePairs.LongestText);
            Assert.Equal(DatePairs.IsoLength, iso.Length);
        }
    }

    [Fact]
    public void One_day_in_ten_is_for_the_test_and_every_year_has_both()
    {
        Assert.Equal(2099, Days[^1].Year);
        Assert.InRange(Days.Count(DatePairs.IsForTest), 7000, 7600);
        Assert.All(Days.GroupBy(day => day.Year), year => Assert.InRange(year.Count(DatePairs.IsForTest), 15, 65));
    }

    [Fact]
    public void The_alphabet_has_every_character_and_no_other()
    {
        var used = Days.SelectMany(day => DateStyles.All.SelectMany(style => style(day))).ToHashSet();
        Assert.Equal(string.Concat(used.Order()), DatePairs.Alphabet);
        Assert.Equal(DatePairs.LongestText, Days.Max(day => DateStyles.All.Max(style => style(day).Length)));
    }
}
