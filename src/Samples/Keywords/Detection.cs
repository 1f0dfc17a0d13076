namespace FastRnn.Samples.Keywords;

/// <summary>A keyword was heard.</summary>
/// <param name="Word">Its class, 0 to 9: <see cref="Keyword.Name"/>.</param>
/// <param name="Frame">The frame at which it was sure, counted from 0; the word ended shortly before.</param>
/// <param name="Score">The smoothed probability, 0 to 1.</param>
internal readonly record struct Detection(int Word, long Frame, float Score)
{
    /// <summary>The end of that frame in seconds from the beginning of the stream.</summary>
    public double Seconds => (Frame * (double)LogMel.Hop + LogMel.Window) / LogMel.SampleRate;
}
