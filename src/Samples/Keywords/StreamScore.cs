namespace FastRnn.Samples.Keywords;

/// <summary>What a detector found in a stream, against what was said.</summary>
/// <param name="Hits">Keywords that were told, as what they were, before half a second after their end.</param>
/// <param name="Keywords">Keywords that were said.</param>
/// <param name="FalseAlarms">All other detections.</param>
/// <param name="Delay">Mean seconds from a keyword's end until it was told.</param>
internal readonly record struct StreamScore(int Hits, int Keywords, int FalseAlarms, double Delay)
{
    private const double Patience = 0.5;

    public static StreamScore Of(IReadOnlyList<SpokenWord> words, IReadOnlyList<Detection> detections)
    {
        var used = new bool[detections.Count];
        var (hits, keywords, delay) = (0, 0, 0.0);
        foreach (var word in words.Where(word => word.Class < Keyword.Words))
        {
            keywords++;
            var end = word.End / (double)LogMel.SampleRate;
            for (var i = 0; i < used.Length; i++)
            {
                var late = detections[i].Seconds - end;
                if (!used[i] && detections[i].Word == word.Class && detections[i].Seconds > word.Begin / (double)LogMel.SampleRate && late < Patience)
                {
                    used[i] = true;
                    (hits, delay) = (hits + 1, delay + late);
                    break;
                }
            }
        }

        return new StreamScore(hits, keywords, used.Count(isUsed => !isUsed), delay / Math.Max(1, hits));
    }
}
