namespace FastRnn.Cli.Training;

/// <summary>What decides the weights, besides the text: it is stored with a checkpoint, and goes on with it.</summary>
/// <param name="Cell">The model's cell.</param>
/// <param name="Seed">Of the first weights.</param>
/// <param name="BatchSize">Streams side by side.</param>
/// <param name="SequenceLength">Steps of a window.</param>
/// <param name="LearningRate">The largest learning rate.</param>
internal sealed record TrainingSettings(string Cell, int Seed, int BatchSize, int SequenceLength, float LearningRate)
{
    public const int DefaultSeed = 1;
    public const int DefaultBatchSize = 64;

    /// <summary>At equal numbers of bytes, twice as many steps of half the length learn more within a minute (0.88 against 0.94 nats a
    /// byte).</summary>
    public const int DefaultSequenceLength = 32;
    public const float DefaultLearningRate = 8e-3f;
    public const float ClipNorm = 5;

    /// <summary>Larger batches and windows are no help to this model, only a way to run out of memory.</summary>
    public const int LargestSize = 4096;
}
