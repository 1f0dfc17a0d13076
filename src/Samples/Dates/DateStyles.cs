using System.Globalization;

namespace FastRnn.Samples.Dates;

/// <summary>The ways to write a date. No two of them mean different days by the same text: slashes put the month first, dots and dashes the
/// day.</summary>
internal static class DateStyles
{
    private static readonly string[] German =
        ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"];

    private static readonly string[] French =
        ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

    /// <summary>Each gives the text of a day.</summary>
    public static readonly IReadOnlyList<Func<DateOnly, string>> All =
    [
        day => Text(day, "MM/dd/yyyy"),                                         // 03/05/1987
        day => Text(day, "M/d/yyyy"),                                           // 3/5/1987
        day => Text(day, "dd.MM.yyyy"),                                         // 05.03.1987
        day => Text(day, "d.M.yyyy"),                                           // 5.3.1987
        day => Text(day, "dd-MM-yyyy"),                                         // 05-03-1987
        day => Text(day, "yyyy/MM/dd"),                                         // 1987/03/05
        day => Text(day, "yyyy.MM.dd"),                                         // 1987.03.05
        day => Text(day, "yyyyMMdd"),                                           // 19870305
        day => Text(day, "yyyy-MM-dd"),                                         // 1987-03-05
        day => Text(day, "d MMM yyyy"),                                         // 5 Mar 1987
        day => Text(day, "d MMM yyyy").ToUpperInvariant(),                      // 5 MAR 1987
        day => Text(day, "d MMMM yyyy"),                                        // 5 March 1987
        day => Text(day, "dd-MMM-yyyy"),                                        // 05-Mar-1987
        day => Text(day, "MMM d, yyyy"),                                        // Mar 5, 1987
        day => Text(day, "MMMM d, yyyy"),                                       // March 5, 1987
        day => Text(day, "MMMM dd yyyy"),                                       // March 05 1987
        day => Text(day, "yyyy MMMM d"),                                        // 1987 March 5
        day => Text(day, "yyyy, d MMM"),                                        // 1987, 5 Mar
        day => Text(day, "ddd, d MMM yyyy"),                                    // Thu, 5 Mar 1987
        day => Text(day, "dddd, MMMM d, yyyy"),                                 // Thursday, March 5, 1987
        day => Text(day, "dddd, d MMMM yyyy").ToUpperInvariant(),               // THURSDAY, 5 MARCH 1987
        day => $"{Text(day, "MMMM")} {Ordinal(day.Day)}, {Year(day)}",          // March 5th, 1987
        day => $"{Ordinal(day.Day)} {Text(day, "MMM")} {Year(day)}",            // 5th Mar 1987
        day => $"the {Ordinal(day.Day)} of {Text(day, "MMMM")}, {Year(day)}",   // the 5th of March, 1987
        day => $"{day.Day}. {German[day.Month - 1]} {Year(day)}",               // 5. März 1987
        day => $"{day.Day} {French[day.Month - 1]} {Year(day)}",                // 5 mars 1987
    ];

    private static string Text(DateOnly day, string format) => day.ToString(format, CultureInfo.InvariantCulture);

    private static string Year(DateOnly day) => Text(day, "yyyy");

    private static string Ordinal(int day) =>
        day + (day is 11 or 12 or 13 ? "th" : (day % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" });
}
