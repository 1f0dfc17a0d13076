using System.Globalization;

namespace FastRnn.Tables;

/// <summary>Times as texts, and as seconds since 1970.</summary>
internal static class TableTime
{
    public const double Day = 86_400;

    /// <summary>The mean year of the Gregorian calendar.</summary>
    public const double Year = 365.2425 * Day;

    // With the year first no day can be taken for a month.
    private static readonly string[] Formats =
    [
        .. from date in new[] { "yyyy-MM-dd", "yyyy/MM/dd", "yyyyMMdd" }
           from time in new[] { "", " HH:mm", " HH:mm:ss", " HH:mm:ss.FFFFFFF", "THH:mm", "THH:mm:ss", "THH:mm:ss.FFFFFFF" }
           from zone in time.Length == 0 ? [""] : new[] { "", "K", " zzz", "zzz" }
           where date != "yyyyMMdd" || time.Length > 0
           select date.Replace("/", "\\/", StringComparison.Ordinal) + time.Replace("T", "\\T", StringComparison.Ordinal) + zone,
    ];

    /// <summary>Seconds since 1970 of a date and time; what says no zone is taken as UTC.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out double seconds)
    {
        seconds = double.NaN;
        if (text.Length is < 8 or > 40 || !char.IsAsciiDigit(text[0]))
            return false;
        const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!DateTime.TryParseExact(text, Formats, CultureInfo.InvariantCulture, Styles, out var time))
            return false;
        seconds = Seconds(time);
        return true;
    }

    public static double Seconds(DateTime time) =>
        ((time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time).Ticks - DateTime.UnixEpoch.Ticks) / (
            double)TimeSpan.TicksPerSecond;

    public static string Text(double seconds)
    {
        // A time of a file goes back to what was read: its fractions are rounded to microseconds, which a double has until the year 2100.
        var ticks = DateTime.UnixEpoch.Ticks + ((long)Math.Round(seconds * 1e6) * (TimeSpan.TicksPerSecond / 1_000_000));
        var time = new DateTime(Math.Clamp(ticks, 0, DateTime.MaxValue.Ticks), DateTimeKind.Unspecified);
        return time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture);
    }

    /// <summary>A length of time in words.</summary>
    public static string Length(double seconds, bool isCalendar)
    {
        if (!isCalendar)
            return seconds.ToString("0.####", CultureInfo.InvariantCulture);
        var (unit, name) = seconds >= Day ? (Day, "d") : seconds >= 3600 ? (3600, "h") : seconds >= 60 ? (60, "min") : (1.0, "s");
        return string.Create(CultureInfo.InvariantCulture, $"{seconds / unit:0.###} {name}");
    }
}
