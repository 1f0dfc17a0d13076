using System.Runtime.InteropServices;
using System.Text;

namespace FastRnn.Benchmarks.Peers.OnnxRuntime;

/// <summary>ONNX Runtime's C interface: what a session, its values and its bindings need.</summary>
internal sealed unsafe class OrtLibrary
{
    /// <summary>Version of the interface that is asked for; later libraries have it as well.</summary>
    private const uint Interface = 16;

    private readonly nint* table;
    private readonly nint environment;

    /// <summary>Loads the library.</summary>
    /// <exception cref="PeerException">It is not there or too old.</exception>
    public OrtLibrary()
    {
        var path = Find();
        var library = new PeerLibrary(path);
        var functions = ((delegate* unmanaged<nint*>)library.Function("OrtGetApiBase"))();
        Version = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<byte*>)functions[1])())!;
        table = ((delegate* unmanaged<uint, nint*>)functions[0])(Interface);
        if (table is null)
        {
            throw new PeerException($"{path}: ONNX Runtime {Version} has no interface {Interface}; expected 1.{Interface} or later");
        }

        fixed (byte* name = "peer\0"u8)
        {
            const int Error = 3;
            nint made;
            Check(((delegate* unmanaged<int, byte*, nint*, nint>)Function(OrtFunction.CreateEnv))(Error, name, &made));
            environment = made;
        }
    }

    public string Version { get; }

    /// <summary>A session with everything that makes one fast: all optimisations, its own threads, one node after the other.</summary>
    public nint CreateSession(ReadOnlySpan<byte> model, int threads)
    {
        const int Sequential = 0;
        const int AllOptimizations = 99;
        var options = Make(OrtFunction.CreateSessionOptions);
        try
        {
            Set(OrtFunction.SetSessionExecutionMode, options, Sequential);
            Set(OrtFunction.SetSessionGraphOptimizationLevel, options, AllOptimizations);
            Set(OrtFunction.SetIntraOpNumThreads, options, threads);
            nint session;
            fixed (byte* bytes = model)
            {
                Check(((delegate* unmanaged<nint, byte*, nuint, nint, nint*, nint>)Function(OrtFunction.CreateSessionFromArray))(
                    environment, bytes, (nuint)model.Length, options, &session));
            }

            return session;
        }
        finally
        {
            Release(OrtFunction.ReleaseSessionOptions, options);
        }
    }

    /// <summary>A tensor over the caller's memory.</summary>
    public nint CreateTensor(float* values, long count, ReadOnlySpan<long> shape)
    {
        const int Float = 1;
        const int DeviceAllocator = 0;
        const int DefaultMemory = 0;
        nint memory;
        Check(((delegate* unmanaged<int, int, nint*, nint>)Function(OrtFunction.CreateCpuMemoryInfo))(
            DeviceAllocator, DefaultMemory, &memory));
        try
        {
            nint value;
            fixed (long* sizes = shape)
            {
                Check(((delegate* unmanaged<nint, void*, nuint, long*, nuint, int, nint*,
                    nint>)Function(OrtFunction.CreateTensorWithDataAsOrtValue))(
                    memory, values, (nuint)(count * sizeof(float)), sizes, (nuint)shape.Length, Float, &value));
            }

            return value;
        }
        finally
        {
            Release(OrtFunction.ReleaseMemoryInfo, memory);
        }
    }

    public nint CreateBinding(nint session)
    {
        nint binding;
        Check(((delegate* unmanaged<nint, nint*, nint>)Function(OrtFunction.CreateIoBinding))(session, &binding));
        return binding;
    }

    /// <summary>Binds a value as an input or output.</summary>
    /// <param name="function"><see cref="OrtFunction.BindInput"/> or <see cref="OrtFunction.BindOutput"/>.</param>
    /// <param name="binding">The binding.</param>
    /// <param name="name">Of the input or output.</param>
    /// <param name="value">The tensor.</param>
    public void Bind(OrtFunction function, nint binding, string name, nint value)
    {
        fixed (byte* text = Encoding.UTF8.GetBytes(name + '\0'))
        {
            Check(((delegate* unmanaged<nint, byte*, nint, nint>)Function(function))(binding, text, value));
        }
    }

    /// <summary>Runs, with the binding's inputs into its outputs.</summary>
    public void Run(nint session, nint binding) =>
        Check(((delegate* unmanaged<nint, nint, nint, nint>)Function(OrtFunction.RunWithBinding))(session, 0, binding));

    public void Release(OrtFunction release, nint what) => ((delegate* unmanaged<nint, void>)Function(release))(what);

    private static string Find()
    {
        // The folder "napi-v6" names a version of Node's interface, which changes with the package.
        var folder = PeerFolder.Of("node_modules", "onnxruntime-node", "bin");
        var architecture = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "x64";
        var found = Directory.Exists(folder)
            ? Directory.GetDirectories(folder, "napi-v*")
            .Select(d => Path.Combine(d, "linux", architecture, "libonnxruntime.so.1")).FirstOrDefault(File.Exists)
            : null;
        return found ?? throw new PeerException($"{folder} has no linux/{architecture}/libonnxruntime.so.1");
    }

    private nint Function(OrtFunction function) => table[(int)function];

    private nint Make(OrtFunction create)
    {
        nint made;
        Check(((delegate* unmanaged<nint*, nint>)Function(create))(&made));
        return made;
    }

    private void Set(OrtFunction set, nint options, int value) =>
        Check(((delegate* unmanaged<nint, int, nint>)Function(set))(options, value));

    private void Check(nint status)
    {
        if (status != 0)
        {
            var message = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<nint, byte*>)Function(OrtFunction.GetErrorMessage))(status));
            Release(OrtFunction.ReleaseStatus, status);
            throw new PeerException($"ONNX Runtime {Version}: {message}");
        }
    }
}
