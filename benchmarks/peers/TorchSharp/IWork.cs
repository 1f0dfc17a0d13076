namespace FastRnn.TorchSharpPeer;

/// <summary>What is timed.</summary>
internal interface IWork
{
    /// <summary>Does it that many times.</summary>
    void Run(int iterations);

    /// <summary>The numbers of the last time.</summary>
    float[] Result();
}
