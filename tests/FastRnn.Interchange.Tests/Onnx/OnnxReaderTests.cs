using System.Globalization;

using FastRnn.Interchange.Onnx;
using FastRnn.Interchange.Onnx.Proto;
using FastRnn.Interchange.Tensors;

using Google.Protobuf;

using static FastRnn.Interchange.Tests.Onnx.OnnxBuilder;

namespace FastRnn.Interchange.Tests.Onnx;

/// <summary>What is read of a file, and what is refused.</summary>
public sealed class OnnxReaderTests
{
    [Fact]
    public void Numbers_in_lists_and_in_raw_bytes_are_the_same()
    {
        var model = Model();
        model.Graph.Initializer.Add(Floats("list", [2], 1.5f, -2));
        model.Graph.Initializer.Add(Raw("raw", 1, [2], [0, 0, 0xC0, 0x3F, 0, 0, 0, 0xC0]));
        var small = new TensorProto { Name = "half", DataType = 10, Dims = { 2 }, Int32Data = { 0x3E00, 0xC000 } };
        model.Graph.Initializer.Add(small);
        model.Graph.Initializer.Add(new TensorProto { Name = "bfloat", DataType = 16, Dims = { 2 }, Int32Data = { 0x3FC0, 0xC000 } });
        model.Graph.Initializer.Add(new TensorProto { Name = "double", DataType = 11, Dims = { 2 }, DoubleData = { 1.5, -2 } });
        var read = OnnxData.Read(model);
        Assert.All(read.Initializers.Values, t => Assert.Equal([1.5, -2], Tensor.Of(t).Values));
        Assert.Equal(5, read.Initializers.Count);
        Assert.Equal("test 1", read.Producer);
    }

    [Fact]
    public void Integers_of_all_types_are_read_and_their_ranges_are_checked()
    {
        var model = Model();
        model.Graph.Initializer.Add(new TensorProto { Name = "int8", DataType = 3, Dims = { 1 }, Int32Data = { -3 } });
        model.Graph.Initializer.Add(new TensorProto { Name = "int16", DataType = 5, Dims = { 1 }, Int32Data = { -3 } });
        model.Graph.Initializer.Add(new TensorProto { Name = "int32", DataType = 6, Dims = { }, Int32Data = { -3 } });
        model.Graph.Initializer.Add(new TensorProto { Name = "int64", DataType = 7, Dims = { 1, 1 }, Int64Data = { -3 } });
        Assert.All(OnnxData.Read(model).Initializers.Values, t => Assert.Equal(-3, t[0]));

        model.Graph.Initializer.Add(new TensorProto { Name = "u", DataType = 2, Dims = { 1 }, Int32Data = { 256 } });
        Assert.Contains("initializer 'u': number 0 is 256", Message(model));
    }

    [Fact]
    public void A_shape_and_numbers_that_do_not_fit_are_refused()
    {
        var model = Model();
        model.Graph.Initializer.Add(Floats("w", [3], 1, 2));
        Assert.Contains("initializer 'w': expected 3 numbers in the list of its type, got 2", Message(model));
        model.Graph.Initializer[0] = Raw("w", 1, [long.MaxValue, 2], new byte[8]);
        Assert.Contains("cannot be", Message(model));
        model.Graph.Initializer[0] = Raw("w", 1, [-1], new byte[8]);
        Assert.Contains("cannot be", Message(model));
        model.Graph.Initializer[0] = Raw("w", 1, [3], new byte[8]);
        Assert.Contains("expected 12 bytes, got 8", Message(model));
    }

    [Fact]
    public void All_that_is_not_read_is_told_by_name()
    {
        var model = Model(17,
            Node("Foo", [], ["a"]),
            Node("If", [], ["b"], ("then_branch", new GraphProto())),
            Node("Constant", [], ["c"], ("value", new TensorProto { DataType = 8 })));
        model.Graph.Node[0].Domain = "com.microsoft";
        model.Graph.Node[0].Name = "foo";
        model.Functions.Add(new FunctionProto { Name = "f", Domain = "pkg" });
        model.Graph.SparseInitializer.Add(new SparseTensorProto { Values = Floats("s", [1], 1) });
        model.Graph.Input.Add(new ValueInfoProto { Name = "q", Type = new TypeProto { SequenceType = new TypeProto.Types.Sequence() } });
        model.Graph.Input.Add(Value("t", 8));
        Assert.Equal(
            [
                "function 'f' of domain 'pkg': models with functions of their own are not read",
                "initializer 's': sparse tensors are not read",
                "node 0 'foo' (Foo): operators of domain 'com.microsoft' are not read",
                "node 1 (If): attribute 'then_branch': attributes that are Graph are not read",
                "node 2 (Constant): attribute 'value': tensors of String are not read",
                "input 'q': expected a tensor, got another type or none",
                "input 't': tensors of String are not read",
            ],
            OnnxData.Read(model).Problems);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(28)]
    [InlineData(long.MaxValue)]
    public void Opsets_before_7_and_after_27_are_problems(long opset) =>
        Assert.Contains(opset.ToString(CultureInfo.InvariantCulture), Assert.Single(OnnxData.Read(Model(opset)).Problems));

    [Fact]
    public void A_value_that_is_used_before_it_is_made_or_made_twice_is_refused()
    {
        Assert.Contains("node 0 (Relu): its input 'b' is made by nothing before it",
            Message(Model(17, Node("Relu", ["b"], ["a"]), Node("Constant", [], ["b"]))));
        Assert.Contains("node 1 (Constant): its output 'a' is made twice",
            Message(Model(17, Node("Constant", [], ["a"]), Node("Constant", [], ["a"]))));
        var model = Model();
        model.Graph.Output.Add(Value("y"));
        Assert.Contains("output 'y' is made by nothing", Message(model));
    }

    [Fact]
    public void An_input_with_an_initializer_is_no_input()
    {
        var model = Model(17, Node("Add", ["x", "w"], ["y"]));
        model.Graph.Input.Add(Value("x"));
        model.Graph.Input.Add(Value("w"));
        model.Graph.Output.Add(Value("y"));
        model.Graph.Initializer.Add(Floats("w", [1], 2));
        var read = OnnxData.Read(model);
        Assert.Equal("x", Assert.Single(read.Inputs).Name);
        var y = new OnnxEvaluator(read).Run(new Dictionary<string, Tensor> { ["x"] = Float([2], 1, 2) });
        Assert.Equal([3, 4], y["y"].Values);
    }

    [Fact]
    public void Messages_inside_of_messages_and_many_empty_ones_are_refused()
    {
        var graph = new GraphProto();
        for (var i = 0; i < 40; i++)
            graph = new GraphProto { Node = { Node("If", [], [], ("then_branch", graph)) } };
        Assert.Contains("deep", Message(new ModelProto { Graph = graph }));

        var bytes = new byte[2_000_000];
        for (var i = 0; i < bytes.Length; i += 2)
            bytes[i] = 0x3A;
        Assert.Contains("would fill the memory", Assert.Throws<ForeignFileException>(() => OnnxData.Read(bytes)).Message);
    }

    [Fact]
    public void Weights_are_copied_once()
    {
        const int Size = 8 << 20;
        var model = Model();
        model.Graph.Initializer.Add(Raw("w", 1, [Size / 4], new byte[Size]));
        var file = model.ToByteArray();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var read = OnnxData.Read(file);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, Size, Size + (1 << 20));
        Assert.Equal(Size, read.Initializers["w"].Data.Length);
    }

    [Fact]
    public void What_is_no_model_is_refused()
    {
        Assert.Throws<ForeignFileException>(() => OnnxData.Read("this is no model"u8.ToArray()));
        Assert.Contains("there is no graph", Assert.Throws<ForeignFileException>(() => OnnxData.Read([8, 8])).Message);
        Assert.Contains("got an empty one", Assert.Throws<ForeignFileException>(() => OnnxData.Read([])).Message);
        Assert.Throws<ForeignFileException>(() => OnnxModel.Read(Path.Combine(OnnxData.Folder, "none.onnx")));
    }

    private static string Message(ModelProto model) => Assert.Throws<ForeignFileException>(() => OnnxData.Read(model)).Message;

    private static TensorProto Raw(string name, int type, long[] shape, byte[] bytes)
    {
        var tensor = new TensorProto { Name = name, DataType = type, RawData = ByteString.CopyFrom(bytes) };
        tensor.Dims.AddRange(shape);
        return tensor;
    }
}
