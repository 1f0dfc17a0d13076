using FastRnn.Interchange.Networks;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Files;

/// <summary>A file of another tool that was opened and checked: it can be run by its own rules, and it can be understood. The two share no
/// code beyond reading the file, so that one can be held against the other.</summary>
internal interface IForeignModel
{
    /// <summary>The format, its version and the program that wrote the file: <c>ONNX, opset 17, by pytorch 2.14.1</c>.</summary>
    string Origin { get; }

    /// <summary>Tests that came with the file.</summary>
    IReadOnlyList<TestVector> TestVectors { get; }

    /// <summary>All tensors of the file that are weights or constants.</summary>
    IReadOnlyList<FileTensor> Tensors { get; }

    /// <summary>Runs the file by its own rules in double precision.</summary>
    /// <param name="inputs">By the file's names, in the file's layout.</param>
    /// <returns>All outputs by the file's names.</returns>
    /// <exception cref="ForeignFileException">The file's rules do not allow these inputs, or use what is not known.</exception>
    IReadOnlyDictionary<string, Tensor> Run(IReadOnlyDictionary<string, Tensor> inputs);

    /// <summary>Understands the file as a network.</summary>
    /// <param name="findings">Receives all that is not understood, all assumptions and each tensor's way.</param>
    /// <returns>The network; null if there is any problem.</returns>
    Network? Understand(Findings findings);
}
