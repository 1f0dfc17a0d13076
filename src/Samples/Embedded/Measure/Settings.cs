namespace FastRnn.Embedded.Measure;

/// <summary>How long measurements take.</summary>
internal sealed class Settings
{
    /// <summary>Rounds that are counted.</summary>
    public int Rounds { get; set; } = 9;

    /// <summary>Rounds before them.</summary>
    public int WarmRounds { get; set; } = 3;

    /// <summary>Seconds of a turn.</summary>
    public double TurnSeconds { get; set; } = 0.05;

    /// <summary>Seconds of sound, or of streams; 0 is what the measurement takes by itself.</summary>
    public double Seconds { get; set; }

    /// <summary>The number of streams.</summary>
    public int Streams { get; set; } = 10_000;

    public bool Json { get; set; }
}
