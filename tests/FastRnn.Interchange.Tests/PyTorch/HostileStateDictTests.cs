using FastRnn.Interchange.Files;
using FastRnn.Interchange.PyTorch;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Tests.PyTorch;

public class HostileStateDictTests
{
    private static readonly NamedTensor[] Tensors =
    [
        NamedTensor.Of("rnn.weight_ih_l0", 12, 2), NamedTensor.Of("rnn.weight_hh_l0", 12, 3), NamedTensor.Of("rnn.bias_ih_l0", 12),
        NamedTensor.Of("rnn.bias_hh_l0", 12), NamedTensor.Of("fc.weight", 1, 3), NamedTensor.Of("fc.bias", 1),
    ];

    [Fact]
    public void A_damaged_archive_of_PyTorch_is_read_or_refused() =>
        Damage(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Data", "pytorch", "torch_bilstm.pt")), 600);

    [Fact]
    public void A_damaged_archive_is_read_or_refused() => Damage(TensorFiles.Torch(Tensors), 800);

    [Fact]
    public void A_damaged_dat_file_is_read_or_refused() => Damage(TensorFiles.Dat(Tensors), 800);

    [Fact]
    public void A_damaged_safetensors_file_is_read_or_refused() => Damage(TensorFiles.SafeTensors(Tensors), 800);

    [Fact]
    public void A_damaged_pickle_is_read_or_refused()
    {
        var pickle = new PickleWriter().BeginDictionary();
        for (var i = 0; i < 3; i++)
            pickle.Text($"w{i}").Tensor("0", "FloatStorage", 10, i, [2, 3], [3, 1]);
        var bytes = pickle.EndDictionary().End();
        var random = new Random(3);
        for (var i = 0; i < 800; i++)
        {
            var damaged = Damaged(bytes, random);
            Try(TensorFiles.Archive(damaged, new Dictionary<string, byte[]> { ["0"] = new byte[40] }));
        }
    }

    [Fact]
    public void Random_opcodes_are_refused()
    {
        const string Opcodes = ".(012NJKMGX)t]ae}sucRbQqrhj\u0080\u0085\u0086\u0087\u0088\u0089\u008a\u008c\u008d\u0093\u0094\u0095";
        var random = new Random(4);
        for (var i = 0; i < 800; i++)
        {
            var bytes = new byte[random.Next(1, 60)];
            for (var k = 0; k < bytes.Length; k++)
                bytes[k] = random.Next(4) == 0 ? (byte)random.Next(256) : (byte)Opcodes[random.Next(Opcodes.Length)];
            Try(TensorFiles.Archive([0x80, 2, .. bytes], new Dictionary<string, byte[]> { ["0"] = new byte[40] }));
        }
    }

    private static void Damage(byte[] bytes, int rounds)
    {
        var random = new Random(2);
        for (var i = 0; i < rounds; i++)
            Try(Damaged(bytes, random));
    }

    private static byte[] Damaged(byte[] bytes, Random random)
    {
        var damaged = bytes[..(random.Next(8) == 0 ? random.Next(bytes.Length) : bytes.Length)];
        for (var k = random.Next(1, 5); k > 0 && damaged.Length > 0; k--)
            damaged[random.Next(damaged.Length)] = random.Next(3) == 0 ? (byte)0xff : (byte)random.Next(256);
        return damaged;
    }

    // Whatever is in a file: it is understood, or there are problems, or the door's own exception is thrown.
    private static void Try(byte[] bytes)
    {
        using var file = new TempFile(bytes);
        try
        {
            var model = StateDictFile.Open(file.Path, new StateDictOptions());
            var network = model.Understand(new Findings());
            if (network is not null)
            {
                var size = network.InputSize;
                model.Run(size == 0
                    ? new Dictionary<string, Tensor> { ["tokens"] = new([1, 1], [0]) }
                    : new Dictionary<string, Tensor> { ["x"] = new([1, 1, size]) });
            }
        }
        catch (ForeignFileException)
        {
        }
    }
}
