using System.IO.Compression;
using System.Runtime.InteropServices;
using FastRnn.Interchange.Files;
using FastRnn.Interchange.PyTorch;

namespace FastRnn.Interchange.Tests.PyTorch;

public class TorchArchiveTests
{
    private static readonly byte[] Ten = MemoryMarshal.AsBytes<float>([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]).ToArray();

    [Fact]
    public void A_transposed_tensor_is_gathered()
    {
        var pickle = new PickleWriter().BeginDictionary().Text("w").Tensor("0", "FloatStorage", 10, 1, [2, 3], [1, 2]);
        var tensor = Assert.Single(Read(pickle).Tensors);
        Assert.Equal([2, 3], tensor.Shape);
        Assert.Equal([1, 3, 5, 2, 4, 6], Enumerable.Range(0, 6).Select(i => tensor[i]));
    }

    [Fact]
    public void Tensors_share_storages()
    {
        var pickle = new PickleWriter().BeginDictionary()
            .Text("a").Tensor("0", "FloatStorage", 10, 8, [2], [1]).Text("b").Tensor("0", "FloatStorage", 10, 7, [], []);
        var tensors = Read(pickle).Tensors;
        Assert.Equal((8, 7), (tensors[0][0], tensors[1][0]));
    }

    [Theory]
    [InlineData(10, 5, 6, 1)]
    [InlineData(10, 0, 4, 4)]
    [InlineData(10, int.MaxValue, 2, int.MaxValue)]
    [InlineData(11, 0, 11, 1)]
    [InlineData(10, 0, 2000000000, 0)]
    public void A_tensor_outside_of_its_storage_is_refused(int count, int offset, int size, int stride)
    {
        var pickle = new PickleWriter().BeginDictionary().Text("w").Tensor("0", "FloatStorage", count, offset, [size], [stride]);
        Refused(() => Read(pickle), "storage|expected");
    }

    [Fact]
    public void A_state_dict_inside_of_a_checkpoint_is_found()
    {
        var pickle = new PickleWriter().Op("}("u8).Text("epoch").Int(3).Text("state_dict").BeginDictionary();
        var inner = pickle.Text("weight_hh").Tensor("0", "FloatStorage", 10, 0, [2, 2], [2, 1]).EndDictionary();
        var both = inner.Text("optimizer").Op("}("u8).Text("exp_avg").Tensor("0", "FloatStorage", 10, 4, [1], [1]).EndDictionary();
        Assert.Equal("weight_hh", Assert.Single(Read(both).Tensors).Name);
    }

    [Fact]
    public void Several_state_dicts_are_a_problem_that_lists_them()
    {
        var pickle = new PickleWriter().Op("}("u8);
        foreach (var name in new[] { "generator", "critic" })
            pickle.Text(name).Op("}("u8).Text("weight_hh").Tensor("0", "FloatStorage", 10, 0, [2, 2], [2, 1]).EndDictionary();
        var findings = new Findings();
        Assert.Null(Read(pickle).Understand(findings));
        var problem = Assert.Single(findings.Problems);
        Assert.Contains("'generator' (1 entries), 'critic' (1 entries)", problem, StringComparison.Ordinal);

        using var file = new TempFile(TensorFiles.Archive(pickle.End(), new Dictionary<string, byte[]> { ["0"] = Ten }));
        Assert.Single(StateDictFile.Open(file.Path, new StateDictOptions { Dictionary = "critic" }).Tensors);
    }

    [Theory]
    [InlineData("os", "system")]
    [InlineData("torch.storage", "_load_from_bytes")]
    [InlineData("builtins", "eval")]
    public void Other_names_are_refused_by_their_name(string module, string name) =>
        Refused(() => Open(new PickleWriter().Global(module, name).Op('(').Text("x").Op("tR"u8)), $"'{module}.{name}'");

    [Theory]
    [InlineData((byte)'i', "'i'")]
    [InlineData((byte)'o', "'o'")]
    [InlineData((byte)0x81, "0x81")]
    [InlineData((byte)0x82, "0x82")]
    [InlineData((byte)0x97, "0x97")]
    public void Other_opcodes_are_refused_by_their_name(byte opcode, string name) =>
        Refused(() => Open(new PickleWriter().Op(opcode)), name);

    [Fact]
    public void Attributes_of_anything_but_dictionaries_are_refused() =>
        Refused(() => Open(new PickleWriter().Op(")}b"u8)), "attributes");

    [Fact]
    public void A_pickle_that_ends_early_or_takes_too_much_from_its_stack_is_refused()
    {
        Refused(() => Open(new PickleWriter().Op('t')), "mark");
        Refused(() => Open(new PickleWriter().Op(0x87)), "stack");
        Refused(() => Open(new PickleWriter().Op('X').Op(255, 255, 255, 127)), "text");
        Refused(() => Open(new PickleWriter().Op('h').Op(7)), "remembered");
        Refused(() => Open(new PickleWriter().Op("("u8)), "at the end");
    }

    [Fact]
    public void A_compressed_archive_is_read()
    {
        var pickle = new PickleWriter().Op("}("u8)
            .Text("l.weight_ih").Tensor("0", "FloatStorage", 10, 0, [3, 2], [2, 1])
            .Text("l.weight_hh").Tensor("0", "FloatStorage", 10, 1, [3, 3], [3, 1])
            .Text("fc.weight").Tensor("0", "FloatStorage", 10, 0, [2, 3], [3, 1]).EndDictionary().End();
        var storages = new Dictionary<string, byte[]> { ["0"] = Ten };
        var file = Open(TensorFiles.Archive(pickle, storages, folder: "model", order: null, compression: CompressionLevel.Optimal));
        Assert.Equal(["l", "fc"], file.Understand(new Findings())!.Layers.Select(layer => layer.Name));
    }

    [Fact]
    public void An_archive_that_grows_too_much_is_refused()
    {
        var pickle = new PickleWriter().BeginDictionary().EndDictionary().End();
        var storages = new Dictionary<string, byte[]> { ["0"] = new byte[40 << 20] };
        Refused(() => Open(TensorFiles.Archive(pickle, storages, compression: CompressionLevel.Fastest)), "in all entries");
    }

    [Fact]
    public void Big_endian_archives_are_refused()
    {
        var pickle = new PickleWriter().BeginDictionary().EndDictionary().End();
        Refused(() => Open(TensorFiles.Archive(pickle, new Dictionary<string, byte[]>(), order: "big")), "byteorder");
    }

    [Fact]
    public void A_bare_pickle_is_refused_with_advice() => Refused(() => Open(new PickleWriter().Op(0x8a, 10).End()), "before PyTorch 1.6");

    [Fact]
    public void The_top_folder_may_have_any_name()
    {
        var pickle = new PickleWriter().BeginDictionary().Text("w").Tensor("0", "FloatStorage", 10, 0, [10], [1]).EndDictionary().End();
        var storages = new Dictionary<string, byte[]> { ["0"] = Ten };
        Assert.Single(Open(TensorFiles.Archive(pickle, storages, folder: "best model (2)", order: null)).Tensors);
    }

    private static StateDictFile Read(PickleWriter pickle) => Open(pickle.EndDictionary());

    private static StateDictFile Open(PickleWriter pickle) =>
        Open(TensorFiles.Archive(pickle.End(), new Dictionary<string, byte[]> { ["0"] = Ten }));

    private static StateDictFile Open(byte[] bytes)
    {
        using var file = new TempFile(bytes);
        return StateDictFile.Open(file.Path, new StateDictOptions());
    }

    private static void Refused(Action open, string expected)
    {
        var message = Assert.Throws<ForeignFileException>(open).Message;
        Assert.Contains(expected.Split('|'), part => message.Contains(part, StringComparison.Ordinal));
    }
}
