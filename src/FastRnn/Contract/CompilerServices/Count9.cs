using System.Runtime.InteropServices;

namespace FastRnn.CompilerServices;

/// <summary>The number 9 as a type argument (<see cref="Count1"/>).</summary>
[StructLayout(LayoutKind.Sequential, Size = 9)]
internal readonly struct Count9;
