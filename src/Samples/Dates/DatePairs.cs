using System.Globalization;

using FastRnn.Parameters;

namespace FastRnn.Samples.Dates;

/// <summary>Dates from 1900 to 2099, written in one of <see cref="DateStyles.All"/>, and in the one way of ISO 8601. One day in ten is kept
/// for the test, in every style: what is measured there was read in no style before.</summary>
internal static class DatePairs
{
    /// <summary>Characters of the longest text: <c>WEDNESDAY, 30 SEPTEMBER 2099</c>.</summary>
    public const int LongestText = 29;

    /// <summary>Characters of a date of ISO 8601: <c>1987-03-05</c>.</summary>
    public const int IsoLength = 10;

    /// <summary>Characters of <see cref="Alphabet"/>: what a model is declared with.</summary>
    public const int AlphabetSize = 63;

    private static readonly DateOnly First = new(1900, 1, 1);
    private static readonly DateOnly[] TrainingDays = [.. Days().Where(day => !IsForTest(day))];
    private static readonly DateOnly[] TestDays = [.. Days().Where(IsForTest)];

    /// <summary>Every character that a text may have, in order; those of an ISO date are among them.</summary>
    public static string Alphabet { get; } = string.Concat(
        Days().Take(366 * 9).SelectMany(day => DateStyles.All.SelectMany(style => style(day))).Concat("0123456789").Distinct().Order());

    /// <summary>A text, and what is meant.</summary>
    public static (string Written, string Iso) Draw(RandomSource random, bool test)
    {
        var days = test ? TestDays : TrainingDays;
        var day = days[random.NextInt(days.Length)];
        return (DateStyles.All[random.NextInt(DateStyles.All.Count)](day), Iso(day));
    }

    /// <summary>Whether no text of this day is shown in training. The choice has no pattern that one could learn.</summary>
    public static bool IsForTest(DateOnly day) => RandomSource.ForStream(0, day.DayNumber, 0).NextInt(10) == 0;

    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static IEnumerable<DateOnly> Days()
    {
        for (var day = First; day.Year < 2100; day = day.AddDays(1))
        {
            yield return day;
        }
    }
}
