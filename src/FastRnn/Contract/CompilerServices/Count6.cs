using System.Runtime.InteropServices;

namespace FastRnn.CompilerServices;

/// <summary>The number 6 as a type argument (<see cref="Count1"/>).</summary>
[StructLayout(LayoutKind.Sequential, Size = 6)]
internal readonly struct Count6;
