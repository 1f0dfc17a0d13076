using System.Globalization;
using System.Text;

namespace FastRnn.Samples.Keywords;

/// <summary>What a detector told about a stream, against what was said in it.</summary>
internal sealed class StreamScore
{
    /// <summary>Seconds after the end of a word in which it may be told.</summary>
    private const double Patience = 0.5;

    private readonly IReadOnlyList<SpokenWord> words;
    private readonly IReadOnlyList<Detection> detections;
    private readonly int[] wordOf;

    /// <param name="words">What was said.</param>
    /// <param name="detections">What was told. It is a hit if a word of this class was being said or had just ended, and had not been told
    /// yet.</param>
    public StreamScore(IReadOnlyList<SpokenWord> words, IReadOnlyList<Detection> detections)
    {
        (this.words, this.detections, wordOf) = (words, detections, new int[detections.Count]);
        var free = Enumerable.Range(0, words.Count).ToList();
        for (var i = 0; i < wordOf.Length; i++)
        {
            var (word, time) = (detections[i].Word, detections[i].Seconds);
            var found = free.FindIndex(w => words[w].Class == word && time > Begin(words[w]) && time <= End(words[w]) + Patience);
            wordOf[i] = found < 0 ? -1 : free[found];
            free.Remove(wordOf[i]);
        }
    }

    public int Keywords => words.Count(word => word.Class < Keyword.Words);

    public int Hits => wordOf.Count(word => word >= 0);

    public int FalseAlarms => wordOf.Length - Hits;

    /// <summary>Mean seconds from a keyword's end until it is told.</summary>
    public double Delay => Enumerable.Range(0, wordOf.Length)
        .Where(i => wordOf[i] >= 0).Select(i => detections[i].Seconds - End(words[wordOf[i]])).DefaultIfEmpty().Average();

    /// <summary>A line for each word and each false alarm, in the order of time.</summary>
    public string Text()
    {
        var lines = new List<(double Time, string Text)>();
        for (var w = 0; w < words.Count; w++)
        {
            var i = Array.IndexOf(wordOf, w);
            var told = i >= 0 ? string.Create(CultureInfo.InvariantCulture, $"told at {detections[i].Seconds:f2}")
                : words[w].Class < Keyword.Words ? "MISSED" : "";
            lines.Add((Begin(words[w]), string.Create(CultureInfo.InvariantCulture,
                $"{Begin(words[w]),7:f2} to {End(words[w]),7:f2}  {Keyword.Name(words[w].Class),-8} {told}")));
        }

        for (var i = 0; i < wordOf.Length; i++)
        {
            if (wordOf[i] < 0)
            {
                var time = detections[i].Seconds;
                lines.Add((time, string.Create(
                    CultureInfo.InvariantCulture, $"{time,7:f2}             FALSE ALARM: {Keyword.Name(detections[i].Word)}")));
            }
        }

        return lines.OrderBy(line => line.Time)
            .Aggregate(new StringBuilder(), (text, line) => text.Append(line.Text.TrimEnd()).Append('\n')).ToString();
    }

    private static double Begin(SpokenWord word) => word.Begin / (double)LogMel.SampleRate;

    private static double End(SpokenWord word) => word.End / (double)LogMel.SampleRate;
}
