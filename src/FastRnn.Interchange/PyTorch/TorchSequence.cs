namespace FastRnn.Interchange.PyTorch;

/// <summary>What runs through modules: [T, B, F], row-major.</summary>
/// <param name="Steps">T.</param>
/// <param name="Batch">B.</param>
/// <param name="Features">F.</param>
/// <param name="Values">The numbers.</param>
internal sealed record TorchSequence(int Steps, int Batch, int Features, double[] Values)
{
    /// <summary>Zeros.</summary>
    public static TorchSequence Zeros(int steps, int batch, int features) =>
        new(steps, batch, features, new double[Tensors.Tensor.CountOf([steps, batch, features])]);

    /// <summary>The numbers of one step of one sequence.</summary>
    public Span<double> At(int step, int sequence) => Values.AsSpan(((step * Batch) + sequence) * Features, Features);

    /// <summary>With the first two dimensions exchanged: the other layout.</summary>
    public TorchSequence Exchanged()
    {
        var exchanged = Zeros(Batch, Steps, Features);
        for (var step = 0; step < Steps; step++)
        {
            for (var sequence = 0; sequence < Batch; sequence++)
                At(step, sequence).CopyTo(exchanged.At(sequence, step));
        }

        return exchanged;
    }
}
