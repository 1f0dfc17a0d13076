using System.Text.Json.Serialization;

namespace FastRnn.Tables.Preparing;

/// <summary>What a model reads of a column of times: the gap before a row, and parts of the calendar.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record PreparedTime
{
    [JsonRequired]
    public string? Name { get; init; }

    [JsonRequired]
    public bool IsCalendar { get; init; }

    /// <summary>The usual time from row to row of a group, in seconds for dates.</summary>
    [JsonRequired]
    public double Step { get; init; }

    /// <summary>Whether the time of the day is read.</summary>
    [JsonRequired]
    public bool HasDay { get; init; }

    /// <summary>Whether the day of the week is read.</summary>
    [JsonRequired]
    public bool HasWeek { get; init; }

    /// <summary>Whether the time of the year is read.</summary>
    [JsonRequired]
    public bool HasYear { get; init; }

    /// <summary>Numbers of a row.</summary>
    [JsonIgnore]
    public int Width => 1 + (HasDay ? 2 : 0) + (HasWeek ? 7 : 0) + (HasYear ? 2 : 0);

    /// <summary>What they are called.</summary>
    public IEnumerable<string> Names()
    {
        yield return $"{Name} (gap)";
        foreach (var name in (HasDay ? ["day (sine)", "day (cosine)"] : Array.Empty<string>())
            .Concat(HasWeek ? Enumerable.Range(0, 7).Select(day => ((DayOfWeek)day).ToString()) : [])
            .Concat(HasYear ? ["year (sine)", "year (cosine)"] : []))
        {
            yield return $"{Name} ({name})";
        }
    }

    /// <summary>Writes them.</summary>
    /// <param name="time">Of the row.</param>
    /// <param name="before">Of the row before; NaN for the first.</param>
    /// <param name="to">Receives <see cref="Width"/> numbers.</param>
    public void Write(double time, double before, Span<float> to)
    {
        // Twice the usual gap is 1, half of it -1; the first row of a group has the usual one.
        var at = 0;
        to[at++] = double.IsNaN(before) ? 0 : (float)Math.Clamp(Math.Log2(Math.Max((time - before) / Step, 1e-6)), -10, 10);
        if (HasDay)
            Circle(time / TableTime.Day, to.Slice(at, 2), ref at);
        if (HasWeek)
        {
            // 1970 began on a Thursday.
            var day = (int)(((Math.Floor(time / TableTime.Day) % 7) + 7 + 4) % 7);
            to.Slice(at, 7).Clear();
            to[at + day] = 1;
            at += 7;
        }

        if (HasYear)
            Circle(time / TableTime.Year, to.Slice(at, 2), ref at);
    }

    /// <summary>What is wrong with it, or null.</summary>
    public string? Problem() =>
        string.IsNullOrEmpty(Name) ? "time: expected a name"
        : !(Step > 0) || !double.IsFinite(Step) ? "time: expected a step above 0"
        : !IsCalendar && (HasDay || HasWeek || HasYear) ? "time: expected no calendar for numbers" : null;

    private static void Circle(double turns, Span<float> to, ref int at)
    {
        var (sine, cosine) = Math.SinCos(2 * Math.PI * (turns - Math.Floor(turns)));
        (to[0], to[1]) = ((float)sine, (float)cosine);
        at += 2;
    }
}
