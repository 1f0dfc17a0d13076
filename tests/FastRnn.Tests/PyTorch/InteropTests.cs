using FastRnn.CompilerServices;
using FastRnn.Files;
using FastRnn.Tests.Files;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.PyTorch;

/// <summary>Files that PyTorch wrote (<c>interop.py write</c>), and files for PyTorch to read.</summary>
public sealed class InteropTests
{
    private static readonly string Written =
        Directory.CreateDirectory(System.IO.Path.Combine(AppContext.BaseDirectory, "PyTorch", "written")).FullName;

    public static TheoryData<string> Cells => ["elman", "gru", "lstm", "bigru", "bilstm"];

    private static ModelInfo Model(string cell) => cell switch
    {
        "elman" => HandMadeModels.Elman(3, 5, 2),
        "gru" => HandMadeModels.GruStack(3, 5, 2),
        "bigru" => BidirectionalGruStack.Info,
        "bilstm" => BidirectionalLstmStack.Info,
        _ => HandMadeModels.Lstm(3, 5, 2),
    };

    [Theory]
    [MemberData(nameof(Cells))]
    public void Weights_that_PyTorch_wrote_are_read(string cell)
    {
        var info = Model(cell);
        var parameters = new float[info.ParameterCount];

        ModelFile.Load(info, parameters, GoldenCase.PathOf("interop_" + cell));

        // PyTorch starts uniform in ±1/sqrt(H): all different from zero, biases added up to twice that.
        Assert.All(parameters, p => Assert.InRange(Math.Abs(p), 1e-6, 2 / Math.Sqrt(info.Layers.First(l => l.IsRecurrent).HiddenSize)));
        using var file = SafeTensorsReader.Open(GoldenCase.PathOf("interop_" + cell));
        float First(string name)
        {
            var value = new float[1];
            file.Read(file.Find(name)!, 0, value);
            return value[0];
        }

        Assert.Equal(First("weight_ih_l0"), parameters[0]);
        var layer =
            info.Layers.Where(l => l.IsRecurrent).ElementAt(info.Layers.Any(l => l.Wiring.Operation == LayerOperation.Reverse) ? 2 : 1);
        Assert.Equal(First("weight_ih_l1"), parameters[layer.ParameterOffset]);
        var bias = layer.Parameters.First(p => p.IsVector).Offset + layer.ParameterOffset;
        Assert.Equal(First("bias_ih_l1") + First("bias_hh_l1"), parameters[bias]);
    }

    /// <summary>Leaves files with which anybody can try the other way: <c>interop.py check</c> loads them into PyTorch, whose
    /// outputs must be the ones that it left beside the original weights.</summary>
    [Theory]
    [MemberData(nameof(Cells))]
    public void Weights_that_were_read_are_written_with_every_tensor_that_PyTorch_asks_for(string cell)
    {
        var info = Model(cell);
        var original = GoldenCase.PathOf("interop_" + cell);
        var path = System.IO.Path.Combine(Written, cell + ".safetensors");
        var parameters = new float[info.ParameterCount];
        ModelFile.Load(info, parameters, original);

        ModelFile.Save(info, parameters, path);
        File.Copy(
            GoldenCase.PathOf($"interop_{cell}.outputs"), System.IO.Path.ChangeExtension(path, ".outputs.safetensors"), overwrite: true);

        var again = new float[info.ParameterCount];
        ModelFile.Load(info, again, path);
        Assert.Equal(parameters, again);
        using var theirs = SafeTensorsReader.Open(original);
        using var ours = SafeTensorsReader.Open(path);
        Assert.Equal(
            theirs.Tensors.Select(t => $"{t.Name} {t.Type} {TensorEntry.Format(t.Shape)}"),
            ours.Tensors.Select(t => $"{t.Name} {t.Type} {TensorEntry.Format(t.Shape)}"));
    }
}
