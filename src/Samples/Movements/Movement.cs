namespace FastRnn.Samples.Movements;

/// <summary>A recorded movement.</summary>
/// <param name="X"><c>[T, Channels]</c>: three axes of an accelerometer, then three of a gyroscope.</param>
/// <param name="Class">What was done: an index of <see cref="MovementMaker.Classes"/>.</param>
internal sealed record Movement(float[] X, int Class)
{
    public const int Channels = 6;

    /// <summary>T.</summary>
    public int Length => X.Length / Channels;
}
