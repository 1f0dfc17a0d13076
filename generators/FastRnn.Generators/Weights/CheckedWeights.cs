namespace FastRnn.Generators.Weights;

/// <summary>A file whose tensors are those of a model, and its numbers in the order of the model's parameters. The file and the model say
/// what they are: they are not compared.</summary>
internal sealed class CheckedWeights(WeightFile file, SafeTensors tensors, float[] numbers) : IEquatable<CheckedWeights>
{
    public WeightFile File => file;

    public SafeTensors Tensors => tensors;

    public float[] Numbers => numbers;

    public bool Equals(CheckedWeights? other) => other is not null && file.Equals(other.File);

    public override bool Equals(object? obj) => Equals(obj as CheckedWeights);

    public override int GetHashCode() => file.GetHashCode();
}
