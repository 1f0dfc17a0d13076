using System.Buffers.Binary;

using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Onnx.Understanding;

/// <summary>Numbers that depend on no data: an initializer, or what nodes made of initializers, sizes and the input of lengths.</summary>
internal sealed class ConstantValue : Value
{
    private Tensor? numbers;
    private FileTensor? file;

    /// <summary>An initializer. It is converted only if a node computes with it.</summary>
    public ConstantValue(FileTensor initializer)
    {
        (Name, file, IsInitializer, IsFixed) = (initializer.Name, initializer, true, true);
        Shape = [.. initializer.Shape.Select(s => (int)Math.Min(s, int.MaxValue))];
    }

    /// <summary>What a node put out.</summary>
    /// <param name="name">The node's output.</param>
    /// <param name="numbers">Its numbers.</param>
    /// <param name="isFixed">Whether they are the same for all sizes and lengths of the inputs.</param>
    public ConstantValue(string name, Tensor numbers, bool isFixed)
    {
        (Name, this.numbers, IsFixed) = (name, numbers, isFixed);
        Shape = numbers.Shape;
    }

    public string Name { get; }

    public int[] Shape { get; }

    public bool IsInitializer { get; }

    public bool IsFixed { get; }

    public int Count => file?.Count ?? numbers!.Count;

    public bool IsFloating => (file?.Type ?? numbers!.Type).IsFloating();

    /// <summary>The numbers to compute with.</summary>
    public Tensor Numbers => numbers ??= Tensor.Of(file!);

    /// <summary>The numbers as a file's tensor: the initializer itself, or a tensor in single precision with the name of the node's
    /// output.</summary>
    public FileTensor File => file ??= Single(Name, numbers!.Shape, numbers.Values);

    /// <summary>A number.</summary>
    public double this[int index] => file is null ? numbers!.Values[index] : file[index];

    public string ShapeText() => $"[{string.Join(", ", Shape)}]";

    /// <summary>A tensor of numbers that no single tensor of the file holds.</summary>
    public static FileTensor Single(string name, int[] shape, ReadOnlySpan<double> values)
    {
        var bytes = new byte[4L * values.Length];
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(4 * i), (float)values[i]);
        return new FileTensor(name, ElementType.Float32, [.. shape.Select(s => (long)s)], bytes);
    }
}
